import { openDatabase, openPool } from '@palier/db';
import { freshDatabase } from '@palier/db/testing';
import { type Cell, cellCentre, homeCell } from '@palier/domain/places';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CellGroup } from './feed-groups.ts';
import type { FeedStatement } from './feed-parts.ts';
import { type FeedShape, feedStatement } from './feed-statements.ts';
import { type WalkShape, walkParameters, walkShapeOf, walkStatement } from './feed-walk.ts';
import { type HomeAsked, homes, listHome } from './home-together.queries.ts';
import { findStoredPosts } from './stored-posts.queries.ts';

const database = await freshDatabase('migrated');
const pool = openPool({ url: database.appUrl, max: 2, applicationName: 'plans' });
const owner = openPool({ url: database.ownerUrl, max: 1, applicationName: 'plans' });
const cells: string[] = [];
const id = (kind: string, n: number) => `00000000-0000-7000-${kind}-${String(n).padStart(12, '0')}`;

/** A country in small: 16,000 open posts in some hundred cells, half told to the neighbourhood, one in fifty urgent. */
beforeAll(async () => {
  for (let n = 0; n < 200; n++)
    cells.push(homeCell({ lat: 46 + (n % 20) * 0.01, lon: 6 + Math.floor(n / 20) * 0.012 }, 9));
  await owner.query('set statement_timeout = 0');
  await owner.query(`insert into territories (id, name) values ($1, 'Pays')`, [id('8000', 1)]);
  await owner.query(
    `insert into residences (id, territory_id, commune, name, homes, cell)
     select ('00000000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, $1, '01' || lpad((n % 20)::text, 3, '0'), 'R', 20, ($2::text[])[n] from generate_series(1, 200) n`,
    [id('8000', 1), cells],
  );
  await owner.query(
    `insert into residents (id, residence_id, display_name, trust)
     select ('00000000-0000-7000-8002-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, 'N', 'known' from generate_series(1, 200) n`,
  );
  await owner.query(
    `insert into posts (id, author_id, residence_id, commune, cell, kind, category, title, audience, state, urgent_until, created_at, updated_at, expires_at)
     select gen_random_uuid(), a.id, a.residence_id, r.commune, r.cell, 'request', (array['errands', 'repair', 'garden', 'pets'])[1 + n % 4]::category, 'Besoin de perceuse ' || n,
       (array['neighbourhood', 'commune', 'residence'])[1 + n % 3]::audience, 'open', case when n % 50 = 0 then now() + interval '1 hour' end,
       now() - n * interval '1 second', now(), now() + interval '1 day'
     from generate_series(1, 16000) n
     join residents a on a.id = ('00000000-0000-7000-8002-' || lpad((1 + (n * 7919) % 200)::text, 12, '0'))::uuid join residences r on r.id = a.residence_id`,
  );
  await owner.query('analyze');
}, 60_000);
afterAll(async () => {
  await Promise.all([pool.end(), owner.end()]);
});

type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  Plans?: Plan[];
};
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

const explain = async ({ text, parameters }: FeedStatement, own: Record<string, unknown>) => {
  const values: Record<string, unknown> = {
    beforeAt: 'infinity',
    beforeId: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    soon: '-infinity',
    asOf: new Date().toISOString(),
    limit: 21,
    me: id('8002', 1),
    residence: id('8001', 1),
    stair: null,
    commune: '01001',
    hidden: [],
    kind: 'request',
    audience: null,
    q: 'perceuse',
    words: ['perceuse'],
    categories: ['repair'],
    ...own,
  };
  const { rows } = await pool.query(
    `explain (analyze, format json) ${text}`,
    parameters.map((name) => values[name]),
  );
  return nodesOf(rows[0]['QUERY PLAN'][0].Plan);
};

/** Forty cells, nearest first, so many at a time as if they stood at one distance. */
const nearest = (across = 1): CellGroup[] => {
  const here = cellCentre(cells[0] as Cell);
  const from = (cell: string) =>
    Math.hypot(cellCentre(cell as Cell).lat - here.lat, cellCentre(cell as Cell).lon - here.lon);
  const sorted = [...cells].sort((a, b) => from(a) - from(b)).slice(0, 40);
  return Array.from({ length: 40 / across }, (_, m) => ({
    m,
    cells: sorted.slice(m * across, (m + 1) * across).map((cell) => ({ cell, isNear: true })),
  }));
};
const onPosts = (nodes: Plan[]) =>
  nodes.filter((node) => node['Relation Name'] === 'posts' || node['Index Name']?.startsWith('posts_'));

const plain = { kind: 'request', isBounded: false, hasHidden: false } as const;
const explainWalk = (
  groups: CellGroup[],
  categories: string[],
  asked: Pick<WalkShape, 'kind' | 'isBounded' | 'hasHidden'> = plain,
) => {
  const shape = walkShapeOf(groups, { ...asked, categories: categories.length });
  if (!shape) throw new Error('not walked');
  return explain(walkStatement(shape), walkParameters(groups, categories));
};

describe('the plans of the feed', () => {
  test('nearest first walks the cells by their index, sorts nothing and stops when the page is full', async () => {
    for (const isBounded of [false, true]) {
      const nodes = await explainWalk(nearest(), [], { ...plain, isBounded });
      const read = onPosts(nodes);
      expect(read.map((node) => [node['Node Type'], node['Index Name']])).toEqual([
        ['Index Scan', 'posts_cell_newest'],
      ]);
      expect(nodes.filter((node) => node['Node Type'].includes('Sort'))).toEqual([]);
      expect(read[0]?.['Actual Loops']).toBeLessThanOrEqual(2);
      expect((read[0]?.['Actual Rows'] ?? 0) * (read[0]?.['Actual Loops'] ?? 0)).toBeLessThanOrEqual(42);
    }
  });

  test('categories are merged as they are read: a row more of each at most', async () => {
    for (const categories of [['repair'], ['repair', 'sewing'], ['repair', 'pets', 'errands', 'garden']]) {
      const nodes = await explainWalk(nearest(), categories);
      const read = onPosts(nodes);
      expect(read.map((node) => node['Index Name'])).toEqual(categories.map(() => 'posts_cell_category_newest'));
      expect(nodes.filter((node) => node['Node Type'].includes('Sort'))).toEqual([]);
      const groupsRead = Math.max(...read.map((node) => node['Actual Loops']));
      const rows = read.reduce((sum, node) => sum + node['Actual Rows'] * node['Actual Loops'], 0);
      expect(Math.round(rows)).toBeLessThanOrEqual(21 + categories.length * groupsRead);
    }
  });

  test('only the other cells at one distance are sorted, a page of each', async () => {
    for (const categories of [[], ['repair', 'pets']]) {
      const nodes = await explainWalk(nearest(2), categories);
      const name = categories.length === 0 ? 'posts_cell_newest' : 'posts_cell_category_newest';
      expect(new Set(onPosts(nodes).map((node) => node['Index Name']))).toEqual(new Set([name]));
      expect(nodes.filter((node) => node['Node Type'] === 'Sort')).toHaveLength(1);
      const rows = onPosts(nodes).reduce((sum, node) => sum + node['Actual Rows'] * node['Actual Loops'], 0);
      expect(rows).toBeLessThanOrEqual(21 * 2 * Math.max(1, categories.length) * 2);
    }
  });

  test('urgent ones are read from the few that ever were', async () => {
    const read = onPosts(
      await explain(
        feedStatement({ source: 'cells', order: 'newest', urgency: 'urgent', hasCategories: false, hasText: false }),
        { groups: nearest().map(({ cells: [one] }) => `n${one?.cell}`) },
      ),
    );
    expect(read.some((node) => node['Index Name'] === 'posts_cell_urgent')).toBe(true);
  });

  test('more categories than a walk has scans for are left to a sort', () => {
    expect(walkShapeOf(nearest(), { ...plain, categories: 5 })).toBeNull();
  });

  test.each([
    { source: 'home', order: 'newest', urgency: 'any', hasCategories: false, hasText: false },
    { source: 'home', order: 'soon', urgency: 'calm', hasCategories: true, hasText: true },
    { source: 'homeByStair', order: 'newest', urgency: 'any', hasCategories: true, hasText: false },
    { source: 'homePastStair', order: 'newest', urgency: 'any', hasCategories: false, hasText: false },
    { source: 'own', order: 'newest', urgency: 'any', hasCategories: false, hasText: false },
    { source: 'cells', order: 'soon', urgency: 'any', hasCategories: false, hasText: false },
    { source: 'cells', order: 'newest', urgency: 'calm', hasCategories: false, hasText: true },
    { source: 'cells', order: 'newest', urgency: 'any', hasCategories: true, hasText: false },
  ] satisfies FeedShape[])('%j never scans every post', async (shape) => {
    const members = nearest().map(({ cells: [one] }) => `n${one?.cell}`);
    const groups = shape.order === 'soon' ? [members.join(',')] : members;
    const read = onPosts(await explain(feedStatement(shape), { groups }));
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  });

  test('a residence is read newest first without a sort, its stair first where one is asked for', async () => {
    for (const source of ['home', 'homeByStair', 'homePastStair'] as const) {
      const nodes = await explain(
        feedStatement({ source, order: 'newest', urgency: 'any', hasCategories: false, hasText: false }),
        { stair: id('8003', 1) },
      );
      expect(new Set(onPosts(nodes).map((node) => node['Index Name']))).toEqual(new Set(['posts_residence_newest']));
      expect(nodes.filter((node) => node['Node Type'].includes('Sort'))).toEqual([]);
    }
  });

  const asking = (n: number, own: Partial<HomeAsked> = {}): HomeAsked => ({
    ...{ me: id('8002', n), residence: id('8001', n), stair: null, hidden: [], count: 21 },
    ...own,
  });

  test('residences read together are each read by the index, without a sort', async () => {
    const readers = [1, 2, 3].map((n) => ({ n, ...asking(n, { stair: id('8003', n) }) }));
    const { rows } = await pool.query(`explain (analyze, format json) ${homes.text}`, [JSON.stringify(readers)]);
    const nodes = nodesOf(rows[0]['QUERY PLAN'][0].Plan);
    expect(new Set(onPosts(nodes).map((node) => node['Index Name']))).toEqual(new Set(['posts_residence_newest']));
    expect(nodes.filter((node) => /Sort|Seq Scan/.test(node['Node Type']))).toEqual([]);
  });

  test('readers who ask together each get their own residence, as many as they asked, without whom is hidden from them', async () => {
    const db = openDatabase(pool);
    const asked = Array.from({ length: 90 }, (_, at) => asking(at + 1, { count: 1 + (at % 30) }));
    asked[5] = asking(6, { hidden: [id('8002', 6)] });
    const found = await Promise.all(asked.map((each) => listHome(db, each)));
    for (const [at, { residence, count, hidden }] of asked.entries()) {
      const { rows } = await owner.query<{ id: string }>(
        `select id from posts where residence_id = $1 and author_id <> all($2::uuid[]) order by created_at desc, id desc limit $3`,
        [residence, hidden, count],
      );
      expect(found[at]?.map((post) => post.id)).toEqual(rows.map((row) => row.id));
    }
    expect(found[5]).toEqual([]);
    expect(found[4]).toHaveLength(5);
  });

  test('stored posts are read by their key, in any order, once each', async () => {
    const db = openDatabase(pool);
    const { rows } = await pool.query<{ id: string }>('select id from posts limit 30');
    const ids = rows.map((row) => row.id);
    expect((await findStoredPosts(db, [...ids, id('8000', 9)])).map((post) => post.id).sort()).toEqual([...ids].sort());
    expect(await findStoredPosts(db, [])).toEqual([]);
  });
});
