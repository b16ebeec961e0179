import { openBroker } from '@palier/api/broker';
import { quantile } from '../../figures/stats.ts';
import { atMost, type Finding } from '../finding.ts';
import { checkHistory, delaysOf } from '../rig/check-history.ts';
import { openCrowd } from '../rig/crowd.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { holderFirst } from '../rig/holder.ts';
import { openClients } from '../rig/live-client.ts';
import { startNode } from '../rig/node.ts';
import { lasting, timeUntil } from '../rig/wait.ts';
import type { Load } from '../scenario.ts';

/** L5: two processes with 2,500 sockets each; what is written through the first is read through the second, with a broker and without. */
export const twoNodes: Load = async ({ scale, say }) => {
  const count = Math.round(2_500 * scale);
  const crowd = await openCrowd({ readers: 2 * count, authors: 200, residences: Math.max(8, Math.round(200 * scale)) });
  const broker = await openBroker();
  await broker.start();
  const settings = { NATS_URL: broker.url };
  const { store, dataDir } = crowd;
  const [first, second] = await holderFirst(
    store,
    await Promise.all([startNode(dataDir, store, settings), startNode(dataDir, store, settings)]),
  );
  const clients = await openClients(crowd.readers, (at) => {
    const { origin } = at % 2 ? first : second;
    return { url: origin, origin };
  });
  const farther = clients.filter((_client, at) => at % 2 === 0);
  const findings: Finding[] = [];
  const during = async (what: string, mostMs: number): Promise<void> => {
    const history = new History();
    const until = performance.now() + Math.max(10_000, 60_000 * scale);
    await writeSteadily(history, {
      origins: [first.origin],
      authors: crowd.authors,
      perSecond: 20,
      isOver: () => performance.now() > until,
    });
    await lasting(2_000);
    findings.push(...(await checkHistory('L5', store.appUrl, history, clients)).findings);
    findings.push(
      atMost(
        'L5',
        `2 × ${count} sockets, ${what}: asked through one → read through the other, p95`,
        quantile(delaysOf(history, farther), 0.95),
        'ms',
        mostMs,
      ),
    );
  };
  try {
    const nowIs = (mode: string) =>
      timeUntil(async () => (await first.bus()) === mode && (await second.bus()) === mode, 30_000);
    await nowIs('nats');
    say(`${clients.length} sockets open`);
    await during('broker there', 500);
    await broker.stop('SIGKILL');
    await nowIs('polling');
    await during('broker down', 1_500);
    return findings;
  } finally {
    for (const client of clients) client.close();
    await Promise.all([first.stop(), second.stop()]);
    await broker.stop('SIGKILL');
    await store.close();
  }
};
