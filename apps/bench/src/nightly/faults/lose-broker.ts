import { openBroker } from '@palier/api/broker';
import { quantile } from '../../figures/stats.ts';
import { atMost, type Finding, mustBeNone } from '../finding.ts';
import { checkHistory, delaysOf } from '../rig/check-history.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { holderFirst } from '../rig/holder.ts';
import { openClients } from '../rig/live-client.ts';
import { startNode } from '../rig/node.ts';
import { lasting, timeUntil } from '../rig/wait.ts';
import type { Fault } from '../scenario.ts';

/** F4: two processes whose broker was never started, comes, is stopped dead, is killed, comes back empty. Posts are written through one and read through the other, and stay 2xx all along. */
export const loseBroker: Fault = async ({ store, dataDir, readers, authors, helpersOf }, { scale, isSmall }) => {
  const broker = await openBroker();
  const settings = { NATS_URL: broker.url };
  const [writing, reading] = await holderFirst(
    store,
    await Promise.all([startNode(dataDir, store, settings), startNode(dataDir, store, settings)]),
  );
  const findings: Finding[] = [];
  const clients = await openClients(readers, () => ({ url: reading.origin, origin: reading.origin }));
  const history = new History();
  const during = async (what: string, ms: number, mostMs: number): Promise<void> => {
    const until = performance.now() + ms;
    const from = history.operations.length;
    await writeSteadily(history, {
      origins: [writing.origin],
      authors,
      perSecond: isSmall ? 20 : 100 * scale,
      isOver: () => performance.now() > until,
      helpers: helpersOf,
    });
    const mine = history.operations.slice(from);
    await timeUntil(
      () =>
        mine.every(({ postId, author }) =>
          clients.every(
            ({ reader, opened, closed }) =>
              reader.residenceId !== author.residenceId || postId === null || opened.has(postId) || closed.has(postId),
          ),
        ),
      5_000,
    );
    const part = Object.assign(new History(), { operations: mine });
    const delays = delaysOf(part, clients, ({ answeredMs }) => answeredMs);
    findings.push(
      atMost('F4', `${what}: answered → read through the other process, p99`, quantile(delays, 0.99), 'ms', mostMs),
    );
  };
  const whenBus = (mode: string) =>
    timeUntil(async () => (await reading.bus()) === mode && (await writing.bus()) === mode, 40_000);
  try {
    await during('never started', isSmall ? 1_500 : 20_000, 2_000);
    await broker.start();
    findings.push(atMost('F4', 'a broker that comes is found after', (await whenBus('nats')) / 1_000, 's', 5));
    await during('broker there', isSmall ? 1_000 : 20_000, 500);
    if (!isSmall) {
      broker.signal('SIGSTOP');
      await during('stopped dead for a minute', 60_000, 2_000);
      broker.signal('SIGCONT');
      await whenBus('nats');
    }
    await broker.stop('SIGKILL');
    findings.push(atMost('F4', 'its loss is said after', (await whenBus('polling')) / 1_000, 's', 2));
    await during('killed', isSmall ? 1_500 : 20_000, 2_000);
    await broker.start();
    findings.push(atMost('F4', 'it is back, empty, and found after', (await whenBus('nats')) / 1_000, 's', 5));
    await during('back, empty', isSmall ? 1_000 : 10_000, 500);
    await lasting(100);
    const refused = history.statuses.filter((status) => status !== 201).length;
    return [
      ...(await checkHistory('F4', store.appUrl, history, clients)).findings,
      mustBeNone('F4', `posts that were not answered 201, of ${history.statuses.length}`, refused),
      ...findings,
    ];
  } finally {
    for (const client of clients) client.close();
    await Promise.all([writing.stop(), reading.stop()]);
    await broker.stop('SIGKILL');
  }
};
