import { type Cell, cellCentre } from '@palier/domain/places';
import type { Figure } from '../figures/figure.ts';
import { alternate, type Side } from '../rounds.ts';
import { any, byKey, openCallers, somePostIds } from '../stage/callers.ts';
import type { Store } from '../stage/store.ts';
import { type Asked, findingAlone } from './nearby-ask.ts';
import { type Case, withinM } from './nearby-cases.ts';
import { sortedGroups } from './nearby-sorted.ts';

const roundMs = 400;
const earthM = 6_378_137;
/** The kind is folded into y, the category into x, farther than the earth is wide. */
const kindShift = 1e9;
const categoryShift = 4e9;
const categories = [
  'errands',
  'heat-check',
  'repair',
  'heavy-lifting',
  'transport',
  'digital',
  'paperwork',
  'company',
  'childcare',
  'schoolwork',
  'pets',
  'garden',
  'lending',
  'cooking',
  'sewing',
  'other',
];

const mercator = (cell: Cell): { x: number; y: number; scale: number } => {
  const { lat, lon } = cellCentre(cell);
  const radians = (lat * Math.PI) / 180;
  return {
    x: (earthM * lon * Math.PI) / 180,
    y: earthM * Math.log(Math.tan(Math.PI / 4 + radians / 2)),
    scale: 1 / Math.cos(radians),
  };
};

/** A table of points beside the posts, as quality.md section 6 had it: Mercator metres of the cell's centre, with the kind folded in, and with the category too. */
const layPoints = async ({ owner }: Store): Promise<void> => {
  const { rows } = await owner.query<{ cell: Cell }>('select distinct cell from posts');
  const places = rows.map(({ cell }) => ({ cell, ...mercator(cell) }));
  await owner.query(
    `create table bench_points as select p.id, p.created_at,
       point(c.x, c.y + (case p.kind when 'request' then 0 else ${kindShift} end)::float8) as loc,
       point(c.x + (array_position($4::text[], p.category::text) * ${categoryShift}::float8), c.y + (case p.kind when 'request' then 0 else ${kindShift} end)::float8) as loc_in_category
     from posts p join unnest($1::text[], $2::float8[], $3::float8[]) as c(cell, x, y) on c.cell = p.cell
     where p.state = 'open' and p.audience in ('neighbourhood', 'commune')`,
    [places.map(({ cell }) => cell), places.map(({ x }) => x), places.map(({ y }) => y), categories],
  );
  await owner.query('create index on bench_points using spgist (loc)');
  await owner.query('create index on bench_points using spgist (loc_in_category)');
  await owner.query('vacuum analyze bench_points');
  await owner.query('grant select on bench_points to palier_app');
};

/** Nearest by the point alone: among posts of one cell, any. */
const anyOfCell = `select id from bench_points where loc <@ box(point($1 - $3::float8, $2 - $3::float8), point($1 + $3, $2 + $3))
  and loc <-> point($1, $2) <= $3 order by loc <-> point($1, $2) limit 20`;
/** The newest first among posts of one cell, as the feed promises. */
const newestOfCell = `select id from bench_points where loc <@ box(point($1 - $3::float8, $2 - $3::float8), point($1 + $3, $2 + $3))
  and loc <-> point($1, $2) <= $3 order by loc <-> point($1, $2), created_at desc limit 20`;
/** Asked once for each category, and merged. */
const byCategory = `select b.id from unnest($4::float8[]) as k(shift) cross join lateral (
    select id, created_at, loc_in_category <-> point($1 + k.shift, $2) as far from bench_points
    where loc_in_category <@ box(point($1 + k.shift - $3::float8, $2 - $3::float8), point($1 + k.shift + $3, $2 + $3)) and loc_in_category <-> point($1 + k.shift, $2) <= $3
    order by loc_in_category <-> point($1 + k.shift, $2), created_at desc limit 20) b
  order by b.far, b.created_at desc limit 20`;

/**
 * Points in an SP-GiST index, and cells sorted group by group, beside the walk by cells, in the same run, only ids carried: what issue 3 starts from, and what we had.
 * The points stand in a narrow table of their own, which favours them; they keep no rights, no blocks and no audience of a commune.
 */
export const compareDesigns = async (
  store: Store,
  cases: readonly Case[],
  asked: readonly Asked[],
): Promise<Figure[]> => {
  await layPoints(store);
  const ids = await somePostIds(store.owner);
  const callers = await openCallers(store.appUrl, 8);
  const around = (each: Case): (string | number | number[])[] => {
    const { x, y, scale } = mercator(any(each.readers).cell as Cell);
    return [x, y, withinM * scale];
  };
  const sides: Record<string, Side> = { limit: callers.side(roundMs, byKey(ids)) };
  for (const { name, nearest } of asked)
    sides[`${name}: our walk by cells, newest first`] = callers.side(roundMs, () => findingAlone(any(nearest)));
  for (const [n, each] of cases.entries()) {
    const searches = asked[n]?.nearest ?? [];
    sides[`${each.name}: cells of a group sorted`] = callers.side(roundMs, () =>
      sortedGroups(any(searches), each.categories),
    );
    const side = (name: string, text: string, ...more: number[][]): Side =>
      callers.side(roundMs, () => ({ name, text, values: [...around(each), ...more] }));
    const shifts = each.categories.map((category) => (categories.indexOf(category) + 1) * categoryShift);
    if (shifts.length > 0)
      sides[`${each.name}: SP-GiST, category folded in, newest first`] = side('by_category', byCategory, shifts);
    else {
      sides[`${each.name}: SP-GiST, newest first`] = side('newest_of_cell', newestOfCell);
      sides[`${each.name}: SP-GiST, any of a cell`] = side('any_of_cell', anyOfCell);
    }
  }
  try {
    const { limit = Number.NaN, ...seen } = await alternate(5, sides);
    return Object.keys(seen)
      .sort()
      .map((name) => ({
        id: 'P1 design',
        what: `finding alone among 1,000,000, ${name}`,
        work: `${Math.round(seen[name] ?? 0).toLocaleString('en-GB')} reads/s`,
        limit: `${Math.round(limit).toLocaleString('en-GB')} look-ups by primary key/s`,
        seen: (seen[name] ?? 0) / limit,
        unit: 'of the limit',
        bar: null,
      }));
  } finally {
    await callers.close();
  }
};
