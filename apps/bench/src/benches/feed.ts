import { join } from 'node:path';
import type { AppQuestion, AppStarted } from '../drivers/app.ts';
import { type Driver, startDriver } from '../drivers/driver.ts';
import type { Load, Loaded } from '../drivers/http.ts';
import type { Figure } from '../figures/figure.ts';
import { median } from '../figures/stats.ts';
import { alternate, type Side } from '../rounds.ts';
import { buildEmptyPage } from '../stage/empty-page.ts';
import { openSessions, type Reader } from '../stage/people.ts';
import { nodeFlags } from '../stage/server.ts';
import { newFolder } from '../stage/store.ts';
import { densestCommunes } from '../stage/towns.ts';
import type { Bench } from './bench.ts';

const connections = 50;
const feedPath = '/autour';
const seconds = 2;
const rounds = 3;

type Took = { p50: number[]; p99: number[]; refused: number };

const sideOf =
  (driver: Driver<Load, Loaded>, origin: string, path: string, readers: readonly Reader[], took: Took): Side =>
  async () => {
    const loaded = await driver.ask({
      origin,
      method: 'GET',
      paths: [path],
      cookies: readers.map(({ cookie }) => cookie),
      connections,
      seconds,
    });
    took.p50.push(loaded.p50Ms);
    took.p99.push(loaded.p99Ms);
    took.refused += loaded.refused;
    return loaded.perSecond;
  };

const newTook = (): Took => ({ p50: [], p99: [], refused: 0 });
const wordsOf = (perSecond: number, took: Took): string =>
  `${Math.round(perSecond).toLocaleString('en-GB')}/s, p50 ${median(took.p50)} ms, p99 ${median(took.p99)} ms, ${took.refused} refused`;

type Readers = { mixed: Reader[]; dense: Reader[] };
type Feed = 'mixed' | 'dense';

/** P2 of one application: the feed of both kinds of readers beside its own empty route. */
const measureFeed = async (
  driver: Driver<Load, Loaded>,
  { origin, held }: AppStarted,
  { mixed, dense }: Readers,
): Promise<Figure[]> => {
  const took = { empty: newTook(), mixed: newTook(), dense: newTook() };
  const seen = await alternate(rounds, {
    empty: sideOf(driver, origin, '/api/bench/empty', mixed, took.empty),
    mixed: sideOf(driver, origin, '/api/posts', mixed, took.mixed),
    dense: sideOf(driver, origin, '/api/posts', dense, took.dense),
  });
  const from = held > 0 ? `from memory, ${held.toLocaleString('en-GB')} held` : 'from the database, nothing in memory';
  const ofFeed = (name: Feed, who: string): Figure => ({
    id: 'P2',
    what: `GET /api/posts among 1,000,000, ${who}, ${connections} connections, ${from}`,
    work: wordsOf(seen[name], took[name]),
    limit: `${wordsOf(seen.empty, took.empty)}, the empty signed-in route`,
    seen: seen[name] / seen.empty,
    unit: 'of the limit',
    bar: { atLeast: held > 0 ? 0.35 : 0.1 },
  });
  return [ofFeed('mixed', 'readers everywhere'), ofFeed('dense', 'readers of the 8 densest towns')];
};

const measurePage = async (
  driver: Driver<Load, Loaded>,
  origin: string,
  readers: readonly Reader[],
): Promise<Figure> => {
  const took = { empty: newTook(), page: newTook() };
  const seen = await alternate(rounds, {
    empty: sideOf(driver, origin, '/bench-empty', readers, took.empty),
    page: sideOf(driver, origin, feedPath, readers, took.page),
  });
  return {
    id: 'P9',
    what: `the feed's page rendered on the server, signed in, ${connections} connections`,
    work: wordsOf(seen.page, took.page),
    limit: `${wordsOf(seen.empty, took.empty)}, an empty SvelteKit page in the same process`,
    seen: seen.page / seen.empty,
    unit: 'of the limit',
    bar: { atLeast: 0.4 },
  };
};

/** P2 and P9: the feed over HTTP beside the same app's empty route, without and with the memory, and the feed's page beside an empty page of the same process. */
export const benchFeed: Bench = async ({ say, region }) => {
  const { store, towns, grow } = await region();
  await grow(1_000_000);
  const readers: Readers = {
    mixed: await openSessions(store, connections),
    dense: await openSessions(store, connections, 'commune = any($1)', densestCommunes(towns, 8)),
  };
  const { dir, remove } = newFolder();
  const driver = startDriver<Load, Loaded>('drivers/http.ts');
  /** Runs `work` beside an application of its own, and ends it. */
  const withApp = async <T>(
    question: Omit<AppQuestion, 'url' | 'dir'>,
    work: (app: AppStarted) => Promise<T>,
  ): Promise<T> => {
    const app = startDriver<AppQuestion, AppStarted>('drivers/app.ts', nodeFlags);
    try {
      return await work(await app.ask({ url: store.appUrl, dir: join(dir, 'app'), ...question }));
    } finally {
      await app.stop();
    }
  };
  try {
    const cold = await withApp({ emptyPage: null, hasMemory: false }, (app) => measureFeed(driver, app, readers));
    say('building the empty page, and filling the memory');
    const emptyPage = buildEmptyPage(join(dir, 'page'));
    return await withApp({ emptyPage, hasMemory: true }, async (app) => {
      const bytes = Math.round(app.memoryBytes / app.held);
      say(
        `filled behind in ${Math.round(app.fillMs / 1_000)} s; ${bytes} bytes a post, the heap's and those outside it`,
      );
      const warm = await measureFeed(driver, app, readers);
      return [...cold, ...warm, await measurePage(driver, app.origin, readers.mixed)];
    });
  } finally {
    await driver.stop();
    remove();
  }
};
