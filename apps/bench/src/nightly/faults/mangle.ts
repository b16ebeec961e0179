import { openBroker } from '@palier/api/broker';
import { atMost } from '../finding.ts';
import { openBrokerRelay } from '../rig/broker-relay.ts';
import { checkHistory } from '../rig/check-history.ts';
import { History, writeSteadily } from '../rig/history.ts';
import { holderFirst } from '../rig/holder.ts';
import { openClients } from '../rig/live-client.ts';
import { startNode } from '../rig/node.ts';
import { randomOf } from '../rig/random.ts';
import { timeUntil } from '../rig/wait.ts';
import { makeWakeNoise } from '../rig/wake-noise.ts';
import type { Fault } from '../scenario.ts';

/** Of twenty frames one is lost, one comes twice and one waits for the next to overtake it. */
const mangler = (random: () => number, isKind: () => boolean): ((frame: string) => string[]) => {
  let late: string[] = [];
  return (frame) => {
    if (isKind() || !frame.includes('"after"')) return [frame, ...late.splice(0)];
    const chance = random();
    if (chance < 0.05) return [];
    if (chance < 0.1) return [frame, frame];
    if (chance < 0.15) {
      late.push(frame);
      return [];
    }
    const overtaken = late;
    late = [];
    return [frame, ...overtaken];
  };
};

/**
 * F10: wake-ups lost, doubled, late, out of order and nonsense between two processes, and frames lost, doubled and overtaken on their way to the readers. A frame that is lost shows by the next one,
 * so that the run ends with one kind post for each residence; TCP itself loses none.
 */
export const mangle: Fault = async ({ store, dataDir, readers, authors }, { scale, isSmall, seed, say }) => {
  const broker = await openBroker();
  await broker.start();
  const relay = await openBrokerRelay(broker.port, randomOf(seed));
  const settings = { NATS_URL: relay.url };
  const [writing, reading] = await holderFirst(
    store,
    await Promise.all([startNode(dataDir, store, settings), startNode(dataDir, store, settings)]),
  );
  await timeUntil(async () => (await reading.bus()) === 'nats' && (await writing.bus()) === 'nats', 10_000);
  const endNoise = await makeWakeNoise(broker.port, randomOf(seed));
  const history = new History();
  let isKind = false;
  const clients = await openClients(readers, (at) => ({
    url: reading.origin,
    origin: reading.origin,
    mangle: mangler(randomOf(seed + at), () => isKind),
  }));
  try {
    const until = performance.now() + (isSmall ? 3_000 : Math.max(10_000, 60_000 * scale));
    await writeSteadily(history, {
      origins: [writing.origin],
      authors,
      perSecond: isSmall ? 20 : 50 * scale,
      isOver: () => performance.now() > until,
    });
    isKind = true;
    const lastOf = new Map(readers.map((reader) => [reader.residenceId, reader]));
    for (const reader of lastOf.values()) await history.ask(writing.origin, reader);
    const { lost, late } = relay.spoilt();
    say(
      `${clients.reduce((sum, { refused }) => sum + refused, 0)} frames refused, ${lost} wake-ups lost, ${late} late`,
    );
    const asked = history.operations.flatMap(({ postId, author }) => (postId === null ? [] : [{ postId, author }]));
    const isWhole = (): boolean =>
      clients.every(({ reader, opened }) =>
        asked.every(({ postId, author }) => author.residenceId !== reader.residenceId || opened.has(postId)),
      );
    const wholeMs = await timeUntil(isWhole, 60_000);
    const { findings } = await checkHistory('F10', store.appUrl, history, clients, false);
    return [...findings, atMost('F10', 'last post → every reader holds what the server does', wholeMs / 1_000, 's', 5)];
  } finally {
    endNoise();
    for (const client of clients) client.close();
    await Promise.all([writing.stop(), reading.stop()]);
    relay.close();
    await broker.stop('SIGKILL');
  }
};
