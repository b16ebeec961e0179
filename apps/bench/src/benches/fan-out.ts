import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Category } from '@palier/domain/posts';
import { type Driver, startDriver } from '../drivers/driver.ts';
import type { Heard, Question } from '../drivers/sockets.ts';
import type { BareQuestion } from '../limits/bare-live.ts';
import { pace } from '../rounds.ts';
import { isOwed, type Listener, type Published } from '../stage/audience.ts';
import { insertBare } from '../stage/bare-insert.ts';
import { openSessions, settle } from '../stage/people.ts';
import { processorSeconds, startServer } from '../stage/server.ts';
import { openStore } from '../stage/store.ts';
import { whenStreamRests } from '../stage/stream.ts';
import { middlingTowns } from '../stage/towns.ts';
import type { Bench } from './bench.ts';
import { figuresOf, type Measured, perSecond, socketCount } from './fan-out-figures.ts';

const roundSeconds = 4;
const rounds = 4;
const towns = 10;

/** One in four listens to two categories only. */
const listenersOf = (readers: Awaited<ReturnType<typeof openSessions>>): Listener[] =>
  readers.map((reader, n) => ({
    ...reader,
    categories: n % 4 ? null : [Category.options[n % 16] ?? 'other', Category.options[(n * 7 + 3) % 16] ?? 'other'],
  }));

/** Two posts in three for the neighbourhood, the others for the commune. */
const postsOf = (authors: readonly Listener[], round: number): Published[] =>
  Array.from({ length: perSecond * roundSeconds }, (_, n) => ({
    author: authors[(round * 977 + n * 13) % authors.length] as Listener,
    category: Category.options[(n * 5 + round) % 16] ?? 'other',
    audience: n % 3 ? 'neighbourhood' : 'commune',
  }));

/** Deliveries that the domain's rules owe and that did not come, that came twice, or that were owed to nobody; and posts refused. */
const countWrong = (
  posts: ReadonlyMap<string, Published>,
  heard: readonly Heard[],
  listeners: readonly Listener[],
): number => {
  const heardById = new Map(heard.map((one) => [one.id, one.listeners]));
  let wrong = heard.filter(({ id }) => id === null || !posts.has(id)).length;
  for (const [id, post] of posts) {
    const got = heardById.get(id) ?? [];
    const once = new Set(got);
    wrong += got.length - once.size;
    for (const [place, listener] of listeners.entries()) if (isOwed(post, listener) !== once.has(place)) wrong += 1;
  }
  return wrong;
};

const byId = (published: readonly Heard[], posts: readonly Published[]): Map<string, Published> => {
  const found = new Map<string, Published>();
  for (const [n, post] of posts.entries()) {
    const id = published[n]?.id;
    if (id) found.set(id, post);
  }
  return found;
};

const countDeliveries = (heard: readonly Heard[]): number =>
  heard.reduce((sum, { listeners }) => sum + listeners.length, 0);

/**
 * P3 and P5 at 2,000 sockets. P3: posts are committed by another process (the limit makes them itself), and the processor that the server spends from there to the sockets is counted,
 * sequencer included. P5: posts go through the API (the limit stores the same rows), from the call to each reader.
 */
export const benchFanOut: Bench = async () => {
  const store = await openStore();
  const pool = store.pool();
  try {
    await settle(store, middlingTowns(towns), 40);
    const listeners = listenersOf(await openSessions(store, socketCount));
    const server = await startServer(join(store.dir, 'app'), store);
    const bare = startDriver<BareQuestion, string>('limits/bare-live.ts');
    const driver: Driver<Question, Heard[]> = startDriver('drivers/sockets.ts');
    try {
      const bareOrigin = await bare.ask({ act: 'start', url: store.appUrl, people: listeners });
      for (const origin of [server.origin, bareOrigin]) await driver.ask({ act: 'open', origin, listeners });
      await sleep(500); // the interests are heard 200 ms after the opening at most

      /** Counts the processor of `pid` while `tell` runs and its deliveries come in. */
      const push = async (pid: number, tell: () => Promise<unknown>) => {
        const before = processorSeconds(pid);
        const [heard] = await Promise.all([driver.ask({ act: 'hear', seconds: roundSeconds }), tell()]);
        const processorS = processorSeconds(pid) - before;
        return { heard, deliveries: countDeliveries(heard), processorS };
      };
      const measured: Measured = {
        push: { work: [], limit: [] },
        afterMs: { work: [], limit: [] },
        wrong: 0,
        deliveries: 0,
      };
      for (let round = 0; round <= rounds; round++) {
        const isWarming = round === 0;
        const posts = postsOf(listeners, round);
        const named = new Map(posts.map((post) => [randomUUID() as string, post]));
        const storeOne = ([postId, { author, category, audience }]: [string, Published]) =>
          insertBare(pool, author, { seq: null, postId, category, audience });
        const work = await push(server.pid, () => pace([...named], perSecond, storeOne));
        await whenStreamRests(store);
        const limit = await push(bare.pid, () => bare.ask({ act: 'tell', posts, perSecond }));
        const published = await driver.ask({ act: 'publish', origin: server.origin, posts, perSecond });
        await whenStreamRests(store);
        const plain = await driver.ask({ act: 'publish', origin: bareOrigin, posts, perSecond });
        measured.wrong += countWrong(named, work.heard, listeners);
        measured.wrong += countWrong(byId(published, posts), published, listeners);
        measured.deliveries += work.deliveries + countDeliveries(published);
        if (isWarming) continue;
        measured.push.work.push(work);
        measured.push.limit.push(limit);
        measured.afterMs.work.push(...published.flatMap(({ afterMs }) => afterMs));
        measured.afterMs.limit.push(...plain.flatMap(({ afterMs }) => afterMs));
      }
      await driver.ask({ act: 'close' });
      return figuresOf(measured);
    } finally {
      await driver.stop();
      await bare.stop();
      await server.stop();
    }
  } finally {
    await pool.end();
    await store.close();
  }
};
