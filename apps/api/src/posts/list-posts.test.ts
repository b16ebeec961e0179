import { schema } from '@palier/db';
import { scoreForReader } from '@palier/domain/matching';
import { type Cell, cellCentre, isInAudience, nearnessM, type StoredPost, type Viewer } from '@palier/domain/places';
import { Category, type FeedSort, type ListPosts } from '@palier/domain/posts';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { openHarness } from '../../test/harness.ts';
import { type Neighbour, populate } from '../../test/population.ts';
import { cellIndexOf } from '../places/cell-index.ts';
import { findStoredPosts } from './stored-posts.queries.ts';

const h = await openHarness();
type Resident = Awaited<ReturnType<typeof h.mintResident>>;
let neighbours: Neighbour[] = [];

type Oracle = { post: StoredPost; m: number; urgent: boolean; soon: number; score: number };
let everything: StoredPost[] = [];
let blocked: Set<string>;

beforeAll(async () => {
  neighbours = await populate(h);
  await cellIndexOf(h.db).refresh();
  const ids = await h.db.select({ id: schema.posts.id }).from(schema.posts);
  everything = await findStoredPosts(
    h.db,
    ids.map(({ id }) => id),
  );
  const pairs = await h.db.select().from(schema.blocks);
  blocked = new Set(
    pairs.flatMap((pair) => [`${pair.residentId} ${pair.blockedId}`, `${pair.blockedId} ${pair.residentId}`]),
  );
});

const compare = (a: number | string, b: number | string): number => (a === b ? 0 : a < b ? -1 : 1);
const newest = (a: Oracle, b: Oracle) =>
  compare(b.post.createdAt.getTime(), a.post.createdAt.getTime()) || compare(b.post.id, a.post.id);
const sorts: Record<FeedSort, (a: Oracle, b: Oracle) => number> = {
  near: (a, b) => compare(a.m, b.m) || newest(a, b),
  recent: newest,
  soon: (a, b) => compare(a.soon, b.soon) || newest(a, b),
  best: (a, b) =>
    compare(Number(b.urgent), Number(a.urgent)) || compare(b.score, a.score) || compare(a.m, b.m) || newest(a, b),
};

const textMatches = async (q: string): Promise<Set<string>> => {
  const { rows } = await h.pool.query<{ id: string }>(
    `select id from posts where search @@ websearch_to_tsquery('public.palier_fr', $1)
      or (select bool_and(word_similarity(unaccent(lower(w)), unaccent(lower(title || ' ' || details))) >= 0.5) from regexp_split_to_table($1, '\\s+') w where length(w) >= 4)`,
    [q.replace('les ', '')],
  );
  return new Set(rows.map(({ id }) => id));
};

/** How much a post is for a reader who said nothing of themselves. */
const scoreOf = (post: StoredPost, viewer: Viewer): number => {
  const mine = everything.filter(
    ({ authorId, kind, state }) => authorId === viewer.residentId && kind === 'request' && state === 'open',
  );
  const requests = mine.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).slice(0, 10);
  const helper = { skills: [], availability: [], languages: [] };
  const tie = { languages: ['fr'], favoursTogether: 0 };
  return scoreForReader(post, viewer, { helper, mayHelpAnyone: true, requests }, tie, new Date()).score;
};

/** Every post looked at one by one, by the domain's own rules. */
const bruteForce = async (viewer: Viewer, filters: Partial<ListPosts>): Promise<string[]> => {
  const now = Date.now();
  const found = filters.q ? await textMatches(filters.q) : null;
  const seen = everything
    .filter(
      (post) =>
        post.state === 'open' && isInAudience(post, viewer) && !blocked.has(`${viewer.residentId} ${post.authorId}`),
    )
    .map((post): Oracle => {
      const urgent = post.urgentUntil !== null && post.urgentUntil.getTime() > now;
      const soon = Math.min(
        urgent && post.urgentUntil ? post.urgentUntil.getTime() : Infinity,
        post.windowTo?.getTime() ?? Infinity,
      );
      return { post, m: nearnessM(post, viewer), urgent, soon, score: scoreOf(post, viewer) };
    })
    .filter(({ post, m, urgent }) => {
      const { lat, lon } = cellCentre(post.cell as Cell);
      const [w, s, e, n] = filters.bbox ?? [-180, -90, 180, 90];
      return (
        (!filters.kind || post.kind === filters.kind) &&
        (!filters.category || filters.category.includes(post.category)) &&
        (!filters.audience || post.audience === filters.audience) &&
        (!filters.within || m <= filters.within) &&
        (!filters.urgent || urgent) &&
        (!found || found.has(post.id)) &&
        lon >= w &&
        lon <= e &&
        lat >= s &&
        lat <= n
      );
    });
  return seen.sort(sorts[filters.sort ?? 'near']).map(({ post }) => post.id);
};

const queryOf = (filters: Record<string, unknown>): string => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(filters))
    if (value !== undefined)
      for (const each of key === 'category' ? (value as string[]) : [String(value)]) query.append(key, each);
  return query.toString();
};

const readAll = async (as: Resident, filters: Record<string, unknown>): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < 60; page++) {
    const { status, body } = await h.call('GET', `/posts?${queryOf({ ...filters, ...(cursor && { cursor }) })}`, {
      as,
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(Number(filters.limit ?? 20));
    ids.push(...body.items.map((item: { id: string }) => item.id));
    cursor = body.next;
    if (cursor === null) return ids;
  }
  throw new Error('the list does not end');
};

const filtersArbitrary = fc.record(
  {
    kind: fc.constantFrom('request', 'offer'),
    category: fc.uniqueArray(fc.constantFrom(...Category.options), { minLength: 1, maxLength: 6 }),
    within: fc.constantFrom(1, 76, 300, 1000, 1500, 2000, 5000),
    urgent: fc.constant(true),
    audience: fc.constantFrom('stair', 'residence', 'neighbourhood', 'commune'),
    sort: fc.constantFrom<FeedSort[]>('near', 'recent', 'soon', 'best'),
    bbox: fc.constantFrom([0.6, 44.18, 0.63, 44.21], [0.615, 44, 1, 44.3], [-5, 41, 9, 51]),
    q: fc.constantFrom(
      'perceuse',
      'perseuse',
      'etagere',
      'ordinateurs',
      'jardn',
      'vélo couture',
      'les chiens',
      'le la les',
      'introuvable',
    ),
    limit: fc.constantFrom(1, 3, 20, 100),
  },
  { requiredKeys: [] },
);

describe('the feed equals brute force', () => {
  test('for every combination of filters, order and page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 31 }), filtersArbitrary, async (who, filters) => {
        const me = neighbours[who] as Neighbour;
        const wanted = await bruteForce(me.viewer, {
          ...filters,
          q: filters.q === 'le la les' ? undefined : filters.q,
        } as Partial<ListPosts>);
        expect(
          await readAll(me, { ...filters, limit: Math.max(filters.limit ?? 20, Math.ceil(wanted.length / 40)) }),
        ).toEqual(wanted);
      }),
      { numRuns: 250 },
    );
  }, 120_000);

  test('for everyone, in every order, without a filter', async () => {
    for (const me of neighbours)
      for (const sort of ['near', 'recent', 'soon', 'best'] as const)
        expect(await readAll(me, { sort, limit: sort === 'best' ? 60 : 9 })).toEqual(
          await bruteForce(me.viewer, { sort }),
        );
  }, 60_000);

  test('for every walk from cell to cell: categories up to six, either kind, pages that end inside a group', async () => {
    const categories = ['errands', 'repair', 'pets', 'garden', 'cooking', 'other'];
    for (const [n, me] of neighbours.entries())
      for (const kind of [undefined, 'request', 'offer'] as const) {
        const filters = { kind, category: categories.slice(0, 1 + (n % 6)), limit: 3 };
        expect(await readAll(me, filters)).toEqual(await bruteForce(me.viewer, filters as Partial<ListPosts>));
      }
  }, 60_000);
});
