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
import { openRegion } from '../stage/region.ts';
import { processorSeconds, type Server, startServer } from '../stage/server.ts';
import { openStore, type Store } from '../stage/store.ts';
import { whenStreamRests } from '../stage/stream.ts';
import { middlingTowns } from '../stage/towns.ts';
import type { Bench } from './bench.ts';
import { crowd, everywhere, figuresOf, type Pushed, perSecond, type Way } from './fan-out-figures.ts';

const roundSeconds = 4;
const rounds = 3;
/** P3 is of crowds: few towns, so that a post reaches many. */
const crowdedTowns = 10;

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

type Stage = {
  store: Store;
  listeners: readonly Listener[];
  server: Server;
  bare: Driver<BareQuestion, string>;
  driver: Driver<Question, Heard[]>;
  bareOrigin: string;
};

/** Opens the sockets of `listeners` at the real server and at the limit, and ends all of it after `work`. */
const withSockets = async <T>(
  store: Store,
  listeners: readonly Listener[],
  work: (stage: Stage) => Promise<T>,
): Promise<T> => {
  const server = await startServer(join(store.dir, `app-${listeners.length}`), store);
  const bare = startDriver<BareQuestion, string>('limits/bare-live.ts');
  const driver: Driver<Question, Heard[]> = startDriver('drivers/sockets.ts');
  try {
    const bareOrigin = await bare.ask({ act: 'start', url: store.appUrl, people: [...listeners] });
    for (const origin of [server.origin, bareOrigin])
      await driver.ask({ act: 'open', origin, listeners: [...listeners] });
    await sleep(500); // the interests are heard 200 ms after the opening at most
    return await work({ store, listeners, server, bare, driver, bareOrigin });
  } finally {
    await driver.ask({ act: 'close' });
    await driver.stop();
    await bare.stop();
    await server.stop();
  }
};

/** P3: posts are committed by another process (the limit makes them itself), and the processor that the server spends from there to the sockets is counted, sequencer included. */
const measurePush = async (): Promise<Pushed> => {
  const store = await openStore();
  const pool = store.pool();
  try {
    await settle(store, middlingTowns(crowdedTowns), 40);
    const listeners = listenersOf(await openSessions(store, crowd));
    return await withSockets(store, listeners, async ({ server, bare, driver }) => {
      /** Counts the processor of `pid` while `tell` runs and its deliveries come in. */
      const push = async (pid: number, tell: () => Promise<unknown>) => {
        const before = processorSeconds(pid);
        const [heard] = await Promise.all([driver.ask({ act: 'hear', seconds: roundSeconds }), tell()]);
        return { heard, deliveries: countDeliveries(heard), processorS: processorSeconds(pid) - before };
      };
      const measured: Pushed = { work: [], limit: [], wrong: 0, deliveries: 0 };
      for (let round = 0; round <= rounds; round++) {
        const posts = postsOf(listeners, round);
        const named = new Map(posts.map((post) => [randomUUID() as string, post]));
        const storeOne = ([postId, { author, category, audience }]: [string, Published]) =>
          insertBare(pool, author, { seq: null, postId, category, audience });
        const work = await push(server.pid, () => pace([...named], perSecond, storeOne));
        await whenStreamRests(store);
        const limit = await push(bare.pid, () => bare.ask({ act: 'tell', posts, perSecond }));
        measured.wrong += countWrong(named, work.heard, listeners);
        measured.deliveries += work.deliveries;
        if (round === 0) continue; // it warms
        measured.work.push(work);
        measured.limit.push(limit);
      }
      return measured;
    });
  } finally {
    await pool.end();
    await store.close();
  }
};

/** P5: posts of people all over the region go through the API (the limit stores the same rows), from the call to each reader. */
const measureWay = (store: Store): Promise<Way> =>
  openSessions(store, everywhere).then((readers) =>
    withSockets(store, listenersOf(readers), async ({ listeners, server, driver, bareOrigin }) => {
      const measured: Way = { work: [], limit: [], wrong: 0, deliveries: 0, posts: 0 };
      for (let round = 0; round <= rounds; round++) {
        const posts = postsOf(listeners, round);
        const published = await driver.ask({ act: 'publish', origin: server.origin, posts, perSecond });
        await whenStreamRests(store);
        const plain = await driver.ask({ act: 'publish', origin: bareOrigin, posts, perSecond });
        measured.wrong += countWrong(byId(published, posts), published, listeners);
        measured.deliveries += countDeliveries(published);
        measured.posts += posts.length;
        if (round === 0) continue; // it warms
        measured.work.push(...published.flatMap(({ afterMs }) => afterMs));
        measured.limit.push(...plain.flatMap(({ afterMs }) => afterMs));
      }
      return measured;
    }),
  );

/** P3 among 2,000 sockets close together, P5 among 9,500 all over a region of its own, since what a server leaves unsaid there others would wait for; every delivery of both is held against the domain's rules. */
export const benchFanOut: Bench = async ({ say }) => {
  const pushed = await measurePush();
  say('9,500 sockets all over the region');
  const { store } = await openRegion(say);
  try {
    return figuresOf(pushed, await measureWay(store));
  } finally {
    await store.close();
  }
};
