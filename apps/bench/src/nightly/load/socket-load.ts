import { quantile } from '../../figures/stats.ts';
import { atMost } from '../finding.ts';
import { checkHistory, delaysOf } from '../rig/check-history.ts';
import { openCrowd } from '../rig/crowd.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { openClients } from '../rig/live-client.ts';
import { startNode } from '../rig/node.ts';
import { lasting } from '../rig/wait.ts';
import type { Load } from '../scenario.ts';

/** L1: 5,000 sockets of 200 residences, twenty posts a second for three minutes. */
export const socketLoad: Load = async ({ scale, isSmall, say }) => {
  const count = Math.round(5_000 * scale);
  const crowd = await openCrowd({ readers: count, authors: 200, residences: Math.max(8, Math.round(200 * scale)) });
  const node = await startNode(crowd.dataDir, crowd.store);
  const history = new History();
  const clients = await openClients(crowd.readers, () => ({ url: node.origin, origin: node.origin }));
  try {
    say(`${count} sockets open, ${(node.rssKb() / 1_024).toFixed(0)} MiB`);
    const until = performance.now() + (isSmall ? 3_000 : Math.max(20_000, 180_000 * scale));
    await writeSteadily(history, {
      origins: [node.origin],
      authors: crowd.authors,
      perSecond: 20,
      isOver: () => performance.now() > until,
    });
    await lasting(500);
    const rssMb = node.rssKb() / 1_024;
    const { findings, owed } = await checkHistory('L1', crowd.store.appUrl, history, clients);
    return [
      ...findings,
      atMost(
        'L1',
        `${count} sockets: asked → read, p95 of ${owed}`,
        quantile(delaysOf(history, clients), 0.95),
        'ms',
        300,
      ),
      atMost('L1', `${count} sockets: memory of the process`, rssMb, 'MiB', 400),
    ];
  } finally {
    for (const client of clients) client.close();
    await node.stop();
    await crowd.store.close();
  }
};

/** L4: one alert to every socket of a commune of 5,000 readers, five times. */
export const alertAll: Load = async ({ scale, say }) => {
  const count = Math.round(5_000 * scale);
  const crowd = await openCrowd({ readers: count, authors: 10, residences: 40, isOneCommune: true });
  const node = await startNode(crowd.dataDir, crowd.store);
  const history = new History();
  const clients = await openClients(crowd.readers, () => ({ url: node.origin, origin: node.origin }));
  try {
    say(`${count} sockets open`);
    for (const author of crowd.authors.slice(0, 5)) {
      await history.ask(node.origin, author, { audience: 'commune' });
      await lasting(3_000);
    }
    const { findings, owed } = await checkHistory('L4', crowd.store.appUrl, history, clients);
    const delays = delaysOf(history, clients);
    return [
      ...findings,
      atMost('L4', `asked → read by all ${count} of a commune, p95 of ${owed}`, quantile(delays, 0.95), 'ms', 1_000),
      atMost('L4', `asked → read by all ${count} of a commune, p99`, quantile(delays, 0.99), 'ms', 2_000),
    ];
  } finally {
    for (const client of clients) client.close();
    await node.stop();
    await crowd.store.close();
  }
};
