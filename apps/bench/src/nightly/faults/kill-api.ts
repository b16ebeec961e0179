import { atMost } from '../finding.ts';
import { checkHistory } from '../rig/check-history.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { openClients } from '../rig/live-client.ts';
import { startNode } from '../rig/node.ts';
import { randomOf } from '../rig/random.ts';
import { lasting } from '../rig/wait.ts';
import type { Fault } from '../scenario.ts';

/** F1: `kill -9` of the only API process, at random moments under load; its clients retry under their keys and come back with their places. */
export const killApi: Fault = async ({ store, dataDir, readers, authors, helpersOf }, { scale, isSmall, seed }) => {
  const random = randomOf(seed);
  const kills = isSmall ? 2 : 10;
  const node = await startNode(dataDir, store);
  const history = new History();
  const clients = await openClients(readers, () => ({ url: node.origin, origin: node.origin }));
  try {
    let isOver = false;
    const writing = writeSteadily(history, {
      origins: [node.origin],
      authors,
      perSecond: isSmall ? 40 : 300 * scale,
      isOver: () => isOver,
      helpers: helpersOf,
    });
    const readyMs: number[] = [];
    for (let n = 0; n < kills; n += 1) {
      await lasting((isSmall ? 150 : 1_000) + random() * (isSmall ? 500 : 4_000));
      node.signal('SIGKILL');
      readyMs.push(await node.restart());
    }
    await lasting(isSmall ? 200 : 3_000);
    isOver = true;
    await writing;
    const { findings } = await checkHistory('F1', store.appUrl, history, clients);
    return [
      ...findings,
      atMost('F1', `ready again after kill -9, slowest of ${kills}`, Math.max(...readyMs) / 1_000, 's', 5),
    ];
  } finally {
    for (const client of clients) client.close();
    await node.stop();
  }
};
