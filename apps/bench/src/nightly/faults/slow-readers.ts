import { quantile } from '../../figures/stats.ts';
import { atMost, mustBeNone } from '../finding.ts';
import { checkHistory, delaysOf } from '../rig/check-history.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { LiveClient, openClients } from '../rig/live-client.ts';
import { startNode } from '../rig/node.ts';
import type { Fault } from '../scenario.ts';

const perSecond = 50;

/** F7: a hundred readers (a third of all, at smaller scales) stop reading while fifty posts a second come. */
export const slowReaders: Fault = async ({ store, dataDir, readers, authors }, { scale, say }) => {
  const node = await startNode(dataDir, store);
  const clients = await openClients(readers, () => ({ url: node.origin, origin: node.origin }));
  const slow = clients.slice(0, Math.min(100, Math.floor(clients.length / 3)));
  const others = clients.slice(slow.length);
  const seconds = Math.max(5, 60 * scale);
  const load = async (history: History): Promise<void> => {
    const until = performance.now() + seconds * 1_000;
    await writeSteadily(history, {
      origins: [node.origin],
      authors,
      perSecond,
      isOver: () => performance.now() > until,
    });
  };
  try {
    const before = new History();
    await load(before);
    const rssBefore = node.rssKb();
    for (const { socket } of slow) socket?.pause();
    say(`${slow.length} readers read no more`);
    const during = new History();
    await load(during);
    const grownKb = node.rssKb() - rssBefore;
    const p95 = (history: History): number => quantile(delaysOf(history, others), 0.95);
    return [
      ...(await checkHistory('F7', store.appUrl, during, others)).findings,
      atMost(
        'F7',
        `others' p95 beside ${slow.length} slow readers (${p95(during).toFixed(0)} ms), against ${p95(before).toFixed(0)} ms without`,
        p95(during) / p95(before),
        '×',
        1.5,
      ),
      atMost('F7', 'memory grown', grownKb / 1_024, 'MiB', 50),
    ];
  } finally {
    for (const client of clients) client.close();
    await node.stop();
  }
};

/** More than the kernel (some 4 MB) and a MiB hold, before the heartbeat would take a silent socket for gone (25 to 50 s). */
const flood = { seconds: 24, perSecond: 200, details: '🧵'.repeat(160) };

/** F7, the bound itself: one reader is owed more than the kernel and a MiB hold; it is closed with 4008, as its server counts (a goodbye behind a full pipe is seldom read), and comes back complete. */
export const flooded: Fault = async ({ store, dataDir, readers, authors }, { say }) => {
  const node = await startNode(dataDir, store);
  const [reader] = readers;
  if (!reader) throw new Error('nobody reads');
  const client = new LiveClient(reader, { url: node.origin, origin: node.origin });
  const history = new History();
  const neighbours = authors.filter(({ residenceId }) => residenceId === reader.residenceId);
  try {
    await client.connect();
    client.socket?.pause();
    const until = performance.now() + flood.seconds * 1_000;
    await writeSteadily(history, {
      origins: [node.origin],
      authors: neighbours,
      perSecond: flood.perSecond,
      details: flood.details,
      isOver: () => performance.now() > until,
    });
    say('it reads again');
    client.socket?.resume();
    const { findings } = await checkHistory('F7', store.appUrl, history, [client]);
    const slow = await node.metric('palier_live_slow');
    return [...findings, mustBeNone('F7', 'never closed as too slow', slow > 0 ? 0 : 1)];
  } finally {
    client.close();
    await node.stop();
  }
};
