import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Category } from '@palier/domain/posts';
import { type Driver, startDriver } from '../drivers/driver.ts';
import type { Heard, Question } from '../drivers/sockets.ts';
import type { Figure } from '../figures/figure.ts';
import { median, quantile } from '../figures/stats.ts';
import type { BareQuestion } from '../limits/bare-live.ts';
import { isOwed, type Listener, type Published } from '../stage/audience.ts';
import { openSessions, settle } from '../stage/people.ts';
import { processorSeconds, startServer } from '../stage/server.ts';
import { openStore } from '../stage/store.ts';
import { whenStreamRests } from '../stage/stream.ts';
import { middlingTowns } from '../stage/towns.ts';
import type { Bench } from './bench.ts';

const socketCount = 2_000;
const perSecond = 200;
const roundSeconds = 4;
const rounds = 4;
const towns = 10;

type Round = { deliveries: number; processorS: number; heard: Heard[]; wrong: number };
type Target = { origin: string; pid: number };

/** One in four listens to a few categories only. */
const listenersOf = (readers: Awaited<ReturnType<typeof openSessions>>): Listener[] =>
  readers.map((reader, n) => ({
    ...reader,
    categories: n % 4 ? null : [Category.options[n % 16] ?? 'other', Category.options[(n * 7 + 3) % 16] ?? 'other'],
  }));

/** Two posts in three for the neighbourhood, the others for the commune; `nobody` has posts that no listener is owed, which cost the same but their deliveries. */
const postsOf = (authors: readonly Listener[], count: number, round: number): Published[] =>
  Array.from({ length: count }, (_, n) => ({
    author: authors[(round * 977 + n * 13) % authors.length] as Listener,
    category: Category.options[(n * 5 + round) % 16] ?? 'other',
    audience: n % 3 ? 'neighbourhood' : 'commune',
  }));

const countWrong = (posts: readonly Published[], heard: readonly Heard[], listeners: readonly Listener[]): number =>
  heard.reduce((sum, { at, listeners: got }) => {
    const post = posts[at];
    const owed = new Set(post ? listeners.flatMap((listener, place) => (isOwed(post, listener) ? [place] : [])) : []);
    const once = new Set(got);
    const missing = [...owed].filter((place) => !once.has(place)).length;
    const strange = [...once].filter((place) => !owed.has(place)).length;
    return sum + missing + strange + (got.length - once.size);
  }, 0);

const runRound = async (
  driver: Driver<Question, Heard[]>,
  { origin, pid }: Target,
  posts: Published[],
  listeners: readonly Listener[],
): Promise<Round> => {
  const before = processorSeconds(pid);
  const heard = await driver.ask({ act: 'publish', origin, posts, perSecond });
  const processorS = processorSeconds(pid) - before;
  const deliveries = heard.reduce((sum, { listeners: got }) => sum + got.length, 0);
  return {
    deliveries,
    processorS,
    heard,
    wrong: countWrong(posts, heard, listeners) + heard.filter(({ refused }) => refused).length,
  };
};

/** P3 and P5 at 2,000 sockets: deliveries for a second of processor, and how long from the publishing call to the reader, beside a bare `ws` server that stores first too. */
export const benchFanOut: Bench = async () => {
  const store = await openStore();
  try {
    await settle(store, middlingTowns(towns), 40);
    const people = listenersOf(await openSessions(store, socketCount + 400));
    const listeners = people.slice(0, socketCount);
    const lonely = people.slice(socketCount);
    const server = await startServer(join(store.dir, 'app'), store);
    const bare = startDriver<BareQuestion, string>('limits/bare-live.ts');
    const driver = startDriver<Question, Heard[]>('drivers/sockets.ts');
    try {
      const targets: Record<'work' | 'limit', Target> = {
        work: server,
        limit: { origin: await bare.ask({ url: store.appUrl, people }), pid: bare.pid },
      };
      for (const target of Object.values(targets)) await driver.ask({ act: 'open', origin: target.origin, listeners });
      await sleep(500); // the interests are heard 200 ms after the opening at most
      const seen: Record<'work' | 'limit', Round[]> = { work: [], limit: [] };
      const idle: Record<'work' | 'limit', number[]> = { work: [], limit: [] };
      const count = perSecond * roundSeconds;
      for (let round = 0; round <= rounds; round++)
        for (const name of round % 2 ? (['limit', 'work'] as const) : (['work', 'limit'] as const)) {
          const posts = postsOf(listeners, count, round);
          const still = postsOf(lonely, count, round).map((post): Published => ({ ...post, audience: 'residence' }));
          const alone = await runRound(driver, targets[name], still, listeners);
          await whenStreamRests(store);
          const told = await runRound(driver, targets[name], posts, listeners);
          await whenStreamRests(store);
          if (round === 0) continue; // warming
          idle[name].push(alone.processorS);
          seen[name].push(told);
        }
      await driver.ask({ act: 'close' });
      return figuresOf(seen, idle);
    } finally {
      await driver.stop();
      await bare.stop();
      await server.stop();
    }
  } finally {
    await store.close();
  }
};

const figuresOf = (seen: Record<'work' | 'limit', Round[]>, idle: Record<'work' | 'limit', number[]>): Figure[] => {
  const rate = (name: 'work' | 'limit'): number =>
    median(
      seen[name].map(({ deliveries, processorS }, n) => deliveries / Math.max(0.01, processorS - (idle[name][n] ?? 0))),
    );
  const afterMs = (name: 'work' | 'limit'): number[] =>
    seen[name].flatMap(({ heard }) => heard.flatMap((one) => one.afterMs));
  const [work, limit] = [afterMs('work'), afterMs('limit')];
  const p50 = (list: readonly number[]): string =>
    `p50 ${quantile(list, 0.5).toFixed(1)} ms, p99 ${quantile(list, 0.99).toFixed(1)} ms`;
  const each = median(seen.work.map(({ deliveries, heard }) => deliveries / heard.length));
  const size = `${socketCount.toLocaleString('en-GB')} sockets, ${perSecond} posts/s`;
  return [
    {
      id: 'P3',
      what: `deliveries per processor-second, ${size}, ${Math.round(each)} readers a post`,
      work: `${Math.round(rate('work')).toLocaleString('en-GB')}/s of processor`,
      limit: `${Math.round(rate('limit')).toLocaleString('en-GB')}/s of processor, bare ws with an H3 index`,
      seen: rate('work') / rate('limit'),
      unit: 'of the limit',
      bar: { atLeast: 0.75 },
    },
    {
      id: 'P3',
      what: 'deliveries missing, twice or to the wrong reader, posts refused',
      work: `${seen.work.reduce((sum, { deliveries }) => sum + deliveries, 0).toLocaleString('en-GB')} deliveries`,
      limit: `${seen.limit.reduce((sum, { wrong }) => sum + wrong, 0)} at the limit`,
      seen: seen.work.reduce((sum, { wrong }) => sum + wrong, 0),
      unit: 'wrong',
      bar: { atMost: 0 },
    },
    {
      id: 'P5',
      what: `POST sent → received by a reader, stored first, ${size}`,
      work: p50(work),
      limit: `${p50(limit)}, bare insert commit and bare ws send`,
      seen: quantile(work, 0.5) / quantile(limit, 0.5),
      unit: '× the limit',
      bar: { atMost: 2 },
    },
    {
      id: 'P5',
      what: `POST sent → received, p99, ${size}`,
      work: p50(work),
      limit: p50(limit),
      seen: quantile(work, 0.99),
      unit: 'ms',
      bar: { atMost: 30 },
    },
  ];
};
