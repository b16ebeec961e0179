import type { CellGroup } from './feed-groups.ts';
import { columns, type FeedStatement, newestFirst, statementOf, unbounded, withAuthors } from './feed-parts.ts';

/** Categories that a walk asks for one by one; more, which hardly anybody chooses, are sorted group by group instead. */
const categoriesMax = 4;

/** What makes two walks differ: categories, the kind, a cursor inside the first group, people hidden from the reader, cells of the commune beyond the neighbourhood, cells at one distance. */
export type WalkShape = {
  categories: number;
  kind: 'request' | 'offer' | null;
  isBounded: boolean;
  hasHidden: boolean;
  hasFar: boolean;
  hasTies: boolean;
};

/** The shape of a walk through these groups; null when it has too many categories for one. */
export const walkShapeOf = (
  groups: readonly CellGroup[],
  asked: Omit<WalkShape, 'hasFar' | 'hasTies'>,
): WalkShape | null => {
  if (asked.categories > categoriesMax) return null;
  return {
    ...asked,
    hasFar: groups.some(({ cells }) => cells.some(({ isNear }) => !isNear)),
    hasTies: groups.some(({ cells }) => cells.length > 1),
  };
};

type ReachedCell = CellGroup['cells'][number];

/** A cell, after whether all of its posts may be seen (n) or only those for its commune (c). */
export const memberOf = ({ cell, isNear }: ReachedCell): string => `${isNear ? 'n' : 'c'}${cell}`;

/** An array in PostgreSQL's own words; no value of ours holds anything that it would want escaped. */
const arrayOf = (values: readonly string[]): string => `{${values.join(',')}}`;
const othersOf = ({ cells }: CellGroup): string =>
  cells.length > 1 ? `"${cells.slice(1).map(memberOf).join(',')}"` : 'null';

/** The parameters that a walk has of its own: the first cell of each group, whether it is near, the others at its distance; the categories one by one. */
export const walkParameters = (
  groups: readonly CellGroup[],
  categories: readonly string[],
): Record<string, string> => ({
  cells: arrayOf(groups.map(({ cells }) => cells[0]?.cell ?? 'null')),
  near: arrayOf(groups.map(({ cells }) => String(cells[0]?.isNear ?? false))),
  others: arrayOf(groups.map(othersOf)),
  ...Object.fromEntries(categories.map((category, n) => [`category${n}`, category])),
});

type At = { cell: string; isNear: string; category: string | null };

/**
 * One scan of an index: a cell, a category; partial indexes want their own words repeated. The bound, even where there is none, keeps PostgreSQL from
 * skipping through the index for the kind behind it.
 */
const scan = (shape: WalkShape, { cell, isNear, category }: At): string => `select ${columns} from posts p
  where p.cell = ${cell} and p.audience in ('neighbourhood', 'commune') and p.state = 'open'
    ${category === null ? '' : `and p.category = ${category}`} ${shape.kind === null ? '' : `and p.kind = '${shape.kind}'`}
    and (p.created_at, p.id) < ${shape.isBounded ? `(coalesce(g.before_at, 'infinity'), coalesce(g.before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))` : unbounded}
    and p.residence_id <> :residence::uuid and p.author_id <> :me::uuid ${shape.hasHidden ? 'and p.author_id <> all(:hidden::uuid[])' : ''}
    ${shape.hasFar ? `and (${isNear} or (p.audience = 'commune' and p.commune = :commune::text))` : ''}
  order by p.created_at desc, p.id desc`;

/** The other cells at the distance of the first, which few groups have: read one by one, and sorted. */
const ties = (shape: WalkShape, categories: readonly string[]): string => {
  const at = { cell: 'substr(c.member, 2)', isNear: `left(c.member, 1) = 'n'` };
  const isMany = categories.length > 0;
  return `select p.* from unnest(string_to_array(g.others, ',')) as c(member)
    ${isMany ? `cross join unnest(array[${categories.join(', ')}]) as k(category)` : ''}
    cross join lateral (${scan(shape, { ...at, category: isMany ? 'k.category' : null })} limit :limit::int) p
    order by p.created_at desc, p.id desc`;
};

const write = (shape: WalkShape): string => {
  const categories = Array.from({ length: shape.categories }, (_, n) => `:category${n}::category`);
  const scans = (shape.categories === 0 ? [null] : categories).map((category) =>
    scan(shape, { cell: 'g.cell', isNear: 'g.near', category }),
  );
  const branches = shape.hasTies ? [...scans, ties(shape, categories)] : scans;
  const merged =
    branches.length === 1
      ? branches[0]
      : `${branches.map((one) => `(${one})`).join(' union all ')} order by ${newestFirst}`;
  const groups = [
    'unnest(:cells::text[]) as cell',
    ...(shape.hasFar ? ['unnest(:near::boolean[]) as near'] : []),
    ...(shape.hasTies ? ['unnest(:others::text[]) as others'] : []),
    ...(shape.isBounded
      ? ['unnest(array[:beforeAt::timestamptz]) as before_at', 'unnest(array[:beforeId::uuid]) as before_id']
      : []),
  ];
  return `select h.* from (select ${groups.join(', ')}) g
    cross join lateral (${merged} limit :limit::int) h
    limit :limit::int`;
};

/** The statement of a walk: groups nearest first, left as soon as the page is full; inside a group its scans are merged as they are read. */
export const walkStatement = (shape: WalkShape): FeedStatement =>
  statementOf(
    `feed_cells_walk_${shape.categories}_${shape.kind ?? 'any'}${shape.isBounded ? '_bounded' : ''}${shape.hasHidden ? '_hidden' : ''}${shape.hasFar ? '_far' : ''}${shape.hasTies ? '_ties' : ''}`,
    () => withAuthors(write(shape)),
  );
