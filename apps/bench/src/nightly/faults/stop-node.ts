import { atMost, mustBeNone } from '../finding.ts';
import { checkHistory } from '../rig/check-history.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { holderOf } from '../rig/holder.ts';
import { openClients } from '../rig/live-client.ts';
import { startNode } from '../rig/node.ts';
import { lasting, timeUntil } from '../rig/wait.ts';
import type { Fault } from '../scenario.ts';

/**
 * F11: the process that stamps is stopped dead, and wakes later as a zombie; another takes its place, and it stamps nothing. It is written to before, meanwhile and after as well: what it
 * holds when it wakes is refused or done once.
 */
export const stopNode: Fault = async ({ store, dataDir, readers, authors, helpersOf }, { scale, isSmall }) => {
  const nodes = await Promise.all([startNode(dataDir, store), startNode(dataDir, store)]);
  const history = new History();
  const holder = await holderOf(store);
  const stopped = nodes.find((node) => node.pid() === holder) ?? nodes[0];
  const other = nodes.find((node) => node !== stopped);
  if (!stopped || !other) throw new Error('two processes were started');
  const clients = await openClients(readers, () => ({ url: other.origin, origin: other.origin }));
  try {
    let isOver = false;
    const writing = writeSteadily(history, {
      origins: [other.origin],
      authors,
      perSecond: isSmall ? 20 : 100 * scale,
      isOver: () => isOver,
      helpers: helpersOf,
    });
    const writingToBoth = writeSteadily(history, {
      origins: [stopped.origin],
      authors,
      perSecond: isSmall ? 4 : 20 * scale,
      isOver: () => isOver,
      patienceMs: 60_000,
    });
    await lasting(500);
    stopped.signal('SIGSTOP');
    const stoppedAt = performance.now();
    const isRead = (): boolean =>
      clients.some(({ opened }) =>
        history.operations.some(
          ({ postId, startMs }) => startMs > stoppedAt + 100 && postId !== null && opened.has(postId),
        ),
      );
    const takeoverMs = await timeUntil(isRead, 20_000);
    if (!isSmall) await lasting(30_000 - (performance.now() - stoppedAt));
    stopped.signal('SIGCONT');
    await lasting(isSmall ? 700 : 5_000);
    isOver = true;
    await Promise.all([writing, writingToBoth]);
    return [
      ...(await checkHistory('F11', store.appUrl, history, clients)).findings,
      atMost('F11', 'the holder stopped dead → told by another', takeoverMs / 1_000, 's', 10),
      mustBeNone('F11', 'the zombie holds the stream again', (await holderOf(store)) === stopped.pid() ? 1 : 0),
    ];
  } finally {
    stopped.signal('SIGCONT');
    for (const client of clients) client.close();
    await Promise.all(nodes.map((node) => node.stop()));
  }
};
