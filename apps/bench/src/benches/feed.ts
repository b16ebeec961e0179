import { join } from 'node:path';
import type { AppQuestion } from '../drivers/app.ts';
import { type Driver, startDriver } from '../drivers/driver.ts';
import type { Load, Loaded } from '../drivers/http.ts';
import type { Figure } from '../figures/figure.ts';
import { median } from '../figures/stats.ts';
import { alternate, type Side } from '../rounds.ts';
import { buildEmptyPage } from '../stage/empty-page.ts';
import { openSessions, type Reader } from '../stage/people.ts';
import { newFolder } from '../stage/store.ts';
import { densestCommunes } from '../stage/towns.ts';
import type { Bench } from './bench.ts';

const connections = 50;
const feedPath = '/autour';
const seconds = 2;
const rounds = 5;

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

/** P2 and P9: the feed over HTTP beside the same app's empty route, and the feed's page beside an empty page of the same process. */
export const benchFeed: Bench = async ({ say, region }) => {
  const { store, towns, grow } = await region();
  await grow(1_000_000);
  const [mixed, dense] = [
    await openSessions(store, connections),
    await openSessions(store, connections, 'commune = any($1)', densestCommunes(towns, 8)),
  ];
  const { dir, remove } = newFolder();
  const app = startDriver<AppQuestion, string>('drivers/app.ts');
  const driver = startDriver<Load, Loaded>('drivers/http.ts');
  try {
    say('building the empty page');
    const origin = await app.ask({
      url: store.appUrl,
      dir: join(dir, 'app'),
      emptyPage: buildEmptyPage(join(dir, 'page')),
    });
    const took = { empty: newTook(), mixed: newTook(), dense: newTook(), emptyPage: newTook(), page: newTook() };
    const seen = await alternate(rounds, {
      empty: sideOf(driver, origin, '/api/bench/empty', mixed, took.empty),
      mixed: sideOf(driver, origin, '/api/posts', mixed, took.mixed),
      dense: sideOf(driver, origin, '/api/posts', dense, took.dense),
      emptyPage: sideOf(driver, origin, '/bench-empty', mixed, took.emptyPage),
      page: sideOf(driver, origin, feedPath, mixed, took.page),
    });
    const ofFeed = (name: 'mixed' | 'dense', who: string): Figure => ({
      id: 'P2',
      what: `GET /api/posts among 1,000,000, ${who}, ${connections} connections, without the memory index`,
      work: wordsOf(seen[name], took[name]),
      limit: `${wordsOf(seen.empty, took.empty)}, the empty signed-in route`,
      seen: seen[name] / seen.empty,
      unit: 'of the limit',
      bar: { atLeast: 0.1 },
    });
    return [
      ofFeed('mixed', 'readers everywhere'),
      ofFeed('dense', 'readers of the 8 densest towns'),
      {
        id: 'P9',
        what: `the feed's page rendered on the server, signed in, ${connections} connections`,
        work: wordsOf(seen.page, took.page),
        limit: `${wordsOf(seen.emptyPage, took.emptyPage)}, an empty SvelteKit page in the same process`,
        seen: seen.page / seen.emptyPage,
        unit: 'of the limit',
        bar: { atLeast: 0.4 },
      },
    ];
  } finally {
    await driver.stop();
    await app.stop();
    remove();
  }
};
