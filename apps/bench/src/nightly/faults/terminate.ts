import { atMost, mustBeNone } from '../finding.ts';
import { checkHistory } from '../rig/check-history.ts';
import { History } from '../rig/history.ts';
import { openClients } from '../rig/live-client.ts';
import { startNode } from '../rig/node.ts';
import { timeUntil } from '../rig/wait.ts';
import type { Fault } from '../scenario.ts';

const restarting = 1012;

/** F15: SIGTERM under a thousand sockets of which ten answer nothing, and with calls under way. */
export const terminate: Fault = async ({ store, dataDir, readers, authors }) => {
  const node = await startNode(dataDir, store);
  const history = new History();
  const clients = await openClients(readers, () => ({ url: node.origin, origin: node.origin }));
  const [mute, polite] = [
    clients.slice(0, Math.ceil(clients.length / 100)),
    clients.slice(Math.ceil(clients.length / 100)),
  ];
  try {
    for (const { socket } of mute) socket?.pause();
    const asked = authors.slice(0, 20).map((author) => history.ask(node.origin, author, { tries: 1 }));
    await Promise.any(asked); // the others are on their way
    node.signal('SIGTERM');
    const exitMs = await timeUntil(() => !node.isAlive(), 20_000);
    const answers = await Promise.all(asked);
    const goodbyes = polite.filter(({ closes }) => closes[0] === restarting).length;
    await node.restart();
    return [
      ...(await checkHistory('F15', store.appUrl, history, polite)).findings,
      atMost(
        'F15',
        `SIGTERM → gone, with ${clients.length} sockets, ${mute.length} of them mute`,
        exitMs / 1_000,
        's',
        10,
      ),
      mustBeNone('F15', `sockets not told 1012, of ${polite.length}`, polite.length - goodbyes),
      mustBeNone(
        'F15',
        `calls under way left without an answer, of ${answers.length} (${answers.filter(({ outcome }) => outcome === 'ok').length} done)`,
        answers.filter(({ tries }) => tries[0]?.status === null).length,
      ),
    ];
  } finally {
    for (const client of clients) client.close();
    await node.stop();
  }
};
