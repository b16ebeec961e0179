import { atMost } from '../finding.ts';
import { call } from '../rig/call.ts';
import { openChaos } from '../rig/chaos.ts';
import { checkHistory } from '../rig/check-history.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { openClients } from '../rig/live-client.ts';
import { startNode } from '../rig/node.ts';
import { lasting, timeUntil } from '../rig/wait.ts';
import type { Fault } from '../scenario.ts';

/** F6: the network between the readers and the API forwards nothing and says nothing, then is back. */
export const halfOpen: Fault = async ({ store, dataDir, readers, authors }, { scale, say }) => {
  const node = await startNode(dataDir, store);
  const proxy = await openChaos(Number(new URL(node.origin).port));
  const history = new History();
  const silenceMs = 60_000;
  const clients = await openClients(readers, () => ({ url: proxy.url, origin: node.origin, silenceMs }));
  const socketsNow = async (): Promise<number> => {
    const answer = await call(node.origin, '/api/metrics');
    return answer.status === 200 ? Number(/^palier_live_sockets (\d+)/m.exec(answer.text)?.[1]) : Number.NaN;
  };
  try {
    let isOver = false;
    const writing = writeSteadily(history, {
      origins: [node.origin],
      authors,
      perSecond: Math.max(2, 20 * scale),
      isOver: () => isOver,
    });
    await lasting(2_000);
    say('nothing goes through any more');
    proxy.stall();
    const reapedMs = await timeUntil(async () => (await socketsNow()) === 0, 90_000);
    say('the network is back');
    proxy.heal();
    const backMs = await timeUntil(() => clients.every(({ isOpen, connections }) => isOpen && connections > 1), 60_000);
    await lasting(2_000);
    isOver = true;
    await writing;
    return [
      ...(await checkHistory('F6', store.appUrl, history, clients)).findings,
      atMost('F6', 'half-open sockets gone from the server after', reapedMs / 1_000, 's', 60),
      atMost('F6', 'network back → every reader back', backMs / 1_000, 's', 20),
    ];
  } finally {
    for (const client of clients) client.close();
    proxy.close();
    await node.stop();
  }
};
