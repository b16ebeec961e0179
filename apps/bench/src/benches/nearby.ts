import type { Cell } from '@palier/domain/places';
import type { Figure } from '../figures/figure.ts';
import { quantile } from '../figures/stats.ts';
import { alternate, type Side } from '../rounds.ts';
import { any, byKey, openCallers, somePostIds, twentyByKey } from '../stage/callers.ts';
import { buildInProcess } from '../stage/in-process.ts';
import { recordStatements } from '../stage/recorded.ts';
import type { Store } from '../stage/store.ts';
import type { Bench } from './bench.ts';
import { type Asked, askFeed, findingAlone } from './nearby-ask.ts';
import { type Case, nearbyCases } from './nearby-cases.ts';
import { compareDesigns } from './nearby-designs.ts';

const roundMs = 400;
/** More where the bar is. */
const roundsAt = (posts: number): number => (posts < 1_000_000 ? 3 : 5);
/** P1: finding the nearest 20 open requests within 2 km, by the very statements of the feed without their other columns, beside look-ups by primary key; and what carrying whole rows adds. */
const measureSize = async (
  store: Store,
  cases: readonly Case[],
  posts: number,
): Promise<{ figures: Figure[]; asked: Asked[]; p50: number; keyP50: number }> => {
  const pool = store.pool(4);
  const recorded = recordStatements(pool);
  const app = await buildInProcess(pool, store.dir);
  const callers = await openCallers(store.appUrl, 8);
  try {
    await app.ready();
    const { rows } = await store.owner.query<{ cell: Cell }>('select distinct cell from residences');
    const cells = rows.map(({ cell }) => cell);
    const asked: Asked[] = [];
    for (const each of cases) asked.push(await askFeed({ store, app, recorded, cells }, each));
    const ids = await somePostIds(store.owner);
    const took = new Map<string, number[]>(asked.map(({ name }) => [name, []]));
    const keyTook: number[] = [];
    const sides: Record<string, Side> = {
      limit: callers.side(roundMs, byKey(ids), keyTook),
      twenty: callers.side(roundMs, twentyByKey(ids)),
    };
    for (const { name, nearest } of asked) {
      sides[name] = callers.side(roundMs, () => findingAlone(any(nearest)), took.get(name));
      sides[`${name} rows`] = callers.side(roundMs, () => any(nearest));
    }
    const seen = await alternate(roundsAt(posts), sides);
    const limit = seen.limit ?? Number.NaN;
    const figures = asked.map(
      ({ name, readers, nearest, wrong, checked }): Figure => ({
        id: 'P1',
        what: `nearest 20 of ${posts.toLocaleString('en-GB')} open posts, ${name}`,
        work: `${Math.round(seen[name] ?? 0).toLocaleString('en-GB')} reads/s, p50 ${quantile(took.get(name) ?? [], 0.5).toFixed(2)} ms`,
        limit: `${Math.round(limit).toLocaleString('en-GB')} look-ups by primary key/s`,
        seen: (seen[name] ?? 0) / limit,
        unit: 'of the limit',
        bar: { atLeast: 0.6 },
        note: `with whole rows and authors ${((seen[`${name} rows`] ?? 0) / limit).toFixed(2)}, or ${((seen[`${name} rows`] ?? 0) / (seen.twenty ?? 1)).toFixed(2)} of 20 rows by primary key; ${nearest.length} statements of ${readers} readers; ${wrong} of ${checked} wrong`,
      }),
    );
    figures.push({
      id: 'P1 cost',
      what: `a page of 20 rows by primary key, ${posts.toLocaleString('en-GB')} posts: what carrying them costs by itself`,
      work: `${Math.round(seen.twenty ?? 0).toLocaleString('en-GB')} pages/s`,
      limit: `${Math.round(seen.limit ?? 0).toLocaleString('en-GB')} look-ups by primary key/s`,
      seen: (seen.twenty ?? 0) / (seen.limit ?? 1),
      unit: 'of the limit',
      bar: null,
    });
    figures.push({
      id: 'P1',
      what: `answers of the feed that differ from brute force, ${posts.toLocaleString('en-GB')} posts`,
      work: `${asked.reduce((sum, { checked }) => sum + checked, 0)} feeds compared`,
      limit: 'none',
      seen: asked.reduce((sum, { wrong }) => sum + wrong, 0),
      unit: 'wrong',
      bar: { atMost: 0 },
    });
    return { figures, asked, p50: quantile(took.get('whole population') ?? [], 0.5), keyP50: quantile(keyTook, 0.5) };
  } finally {
    await callers.close();
    await app.close();
    await pool.end();
  }
};

/** P1 at 10 thousand, 100 thousand and a million posts in 1,400 towns, how it grows, and the other designs beside it. */
export const benchNearby: Bench = async ({ say, region }) => {
  const { store, towns, grow } = await region();
  const cases = await nearbyCases(store, towns);
  const figures: Figure[] = [];
  const sizes: { p50: number; keyP50: number }[] = [];
  let asked: Asked[] = [];
  for (const size of [10_000, 100_000, 1_000_000]) {
    await grow(size);
    say(`reading among ${size.toLocaleString('en-GB')}`);
    const measured = await measureSize(store, cases, size);
    figures.push(...measured.figures);
    sizes.push(measured);
    asked = measured.asked;
  }
  const [small, large] = [sizes.at(0), sizes.at(-1)].map((size) => ({
    ms: size?.p50 ?? Number.NaN,
    keys: (size?.p50 ?? Number.NaN) / (size?.keyP50 ?? Number.NaN),
  }));
  figures.push({
    id: 'P1',
    what: 'growth of the p50 from 10,000 to 1,000,000 posts, each in look-ups by primary key of its own minute, whole population',
    work: `${large?.ms.toFixed(2)} ms, ${large?.keys.toFixed(1)} look-ups`,
    limit: `${small?.ms.toFixed(2)} ms, ${small?.keys.toFixed(1)} look-ups at 10,000`,
    seen: (large?.keys ?? Number.NaN) / (small?.keys ?? Number.NaN),
    unit: '×',
    bar: { atMost: 2 },
  });
  say('the other designs');
  return [...figures, ...(await compareDesigns(store, cases, asked))];
};
