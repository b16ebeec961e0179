import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, type Finding, mustBeNone } from '../finding.ts';
import { checkHistory } from '../rig/check-history.ts';
import { openCrowd } from '../rig/crowd.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { openClients } from '../rig/live-client.ts';
import { startNode } from '../rig/node.ts';
import { lasting, timeUntil } from '../rig/wait.ts';
import type { Load } from '../scenario.ts';

const ways = [
  ['fast', 'SIGINT'],
  ['immediate', 'SIGQUIT'],
  ['kill -9', 'SIGKILL'],
] as const;
const killed = ways[2];
/** I1 wants PostgreSQL killed five times a run. */
const waysAtFullSize = [...ways, killed, killed, killed, killed] as const;

const postmasterOf = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);

/** F2: PostgreSQL stopped in each of its ways under a server of ours that runs it; every call is answered meanwhile, and everything goes on by itself. */
export const restartPostgres: Load = async ({ scale, isSmall }) => {
  const crowd = await openCrowd({ readers: isSmall ? 20 : 200, authors: 20, residences: 10 });
  const { store, readers, authors, helpersOf } = crowd;
  try {
    await store.pause(); // the server runs this PostgreSQL itself
    const node = await startNode(store.dataDir, null);
    const history = new History();
    const clients = await openClients(readers, () => ({ url: node.origin, origin: node.origin }));
    try {
      let isOver = false;
      const writing = writeSteadily(history, {
        origins: [node.origin],
        authors,
        perSecond: isSmall ? 30 : 150 * scale,
        isOver: () => isOver,
        helpers: helpersOf,
      });
      const findings: Finding[] = [];
      for (const [name, signal] of isSmall ? ways : waysAtFullSize) {
        await lasting(isSmall ? 400 : 4_000);
        const killedAt = performance.now();
        process.kill(postmasterOf(store.dataDir), signal);
        await timeUntil(async () => (await node.bus()) === null, 2_000);
        const isServed = () =>
          history.operations.some(
            ({ outcome, startMs, answeredMs }) => outcome === 'ok' && startMs > killedAt && answeredMs > killedAt + 50,
          );
        await timeUntil(async () => isServed() && (await node.bus()) !== null, 20_000);
        findings.push(
          atMost('F2', `${name}: posts taken again after`, (performance.now() - killedAt) / 1_000, 's', 10),
        );
      }
      await lasting(isSmall ? 300 : 3_000);
      isOver = true;
      await writing;
      const refused = history.operations
        .flatMap(({ tries }) => tries)
        .filter(({ status }) => status === null || status >= 500);
      const cut = refused.filter(({ status }) => status === null).length;
      return [
        ...(await checkHistory('F2', store.appUrl, history, clients)).findings,
        ...findings,
        mustBeNone('F2', 'processes that ended, and calls left without an answer', (node.isAlive() ? 0 : 1) + cut),
        atMost(
          'F2',
          `slowest of ${refused.length} calls answered 503`,
          Math.max(0, ...refused.map(({ tookMs }) => tookMs)) / 1_000,
          's',
          2,
        ),
      ];
    } finally {
      for (const client of clients) client.close();
      await node.stop();
    }
  } finally {
    await store.close();
  }
};
