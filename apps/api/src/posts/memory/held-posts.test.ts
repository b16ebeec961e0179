import { cardOf, type StoredPost } from '@palier/domain/places';
import { Nearness, type PostCard } from '@palier/domain/posts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HeldPost, hold } from './held-post.ts';
import { HeldPosts, type Load } from './held-posts.ts';

const cells = ['891f961802fffff', '891f961806fffff', '891f96180b3ffff'] as const;
const homes = ['h0', 'h1', 'h2', 'h3', 'h4'] as const;
const audiences = ['residence', 'neighbourhood', 'commune'] as const;
const start = Date.UTC(2026, 10, 2);

const idOf = (n: number | string): string => `p${n}`.padEnd(36, '-');

/** What the database holds of post `n` at its version `v`: nothing now and then, and an audience that changes. */
const storedOf = (n: number, v: number): StoredPost | null =>
  v % 4 === 3
    ? null
    : {
        id: idOf(n),
        authorId: `a${n % 4}`.padEnd(36, '-'),
        authorName: 'A',
        residenceId: homes[n % homes.length] as string,
        stairId: null,
        commune: '01173',
        cell: cells[n % cells.length] as string,
        kind: 'request',
        category: 'errands',
        title: `version ${v}`,
        details: '',
        audience: audiences[(n + v) % 3] ?? 'commune',
        helpersNeeded: 1,
        taken: 0,
        urgentUntil: v % 2 ? new Date(start + v) : null,
        windowFrom: v % 5 ? null : new Date(start),
        windowTo: v % 5 ? null : new Date(start + 1 + v),
        state: 'open',
        onBehalf: false,
        seriesId: null,
        createdAt: new Date(start + (n % 3)),
        updatedAt: new Date(start + v),
        expiresAt: new Date(start),
      };

const many = 15;
const moves = fc.array(
  fc.record({
    move: fc.constantFrom(
      'change',
      'change',
      'change',
      'prepare',
      'deliver',
      'begin',
      'read',
      'install',
      'abandon',
      'clear',
    ),
    n: fc.nat({ max: many - 1 }),
  }),
  { maxLength: 60 },
);

type Loading = { load: Load; rows: StoredPost[] | null };

/** A database that changes, its stream, and loads that begin, read and end whenever they like. */
const createWorld = (postsMax: number) => {
  const held = new HeldPosts(postsMax);
  const versions = Array.from({ length: many }, () => 0);
  const isPublic = (post: StoredPost): boolean => post.audience !== 'residence';
  const rowsOf = ({ cells: ofCells, homes: ofHomes }: Pick<Load, 'cells' | 'homes'>): StoredPost[] =>
    versions
      .map((v, n) => storedOf(n, v))
      .filter((post) => post !== null)
      .filter((post) => (isPublic(post) && ofCells.includes(post.cell)) || ofHomes.includes(post.residenceId));
  let stream: number[] = [];
  let batch: Map<string, HeldPost | null> | null = null;
  let loading: Loading | null = null;
  const prepare = (): void => {
    if (batch || stream.length === 0) return;
    batch = new Map(
      stream.map((n) => {
        const post = storedOf(n, versions[n] ?? 0);
        return [idOf(n), post && hold(post)];
      }),
    );
    stream = [];
  };
  const deliver = (): void => {
    if (batch) held.apply(batch);
    batch = null;
  };
  const install = (): void => {
    if (loading) held.install(loading.load, (loading.rows ?? rowsOf(loading.load)).map(hold));
    loading = null;
  };
  const act = (move: string, n: number): void => {
    if (move === 'change') {
      versions[n] = (versions[n] ?? 0) + 1;
      stream.push(n);
    } else if (move === 'prepare') prepare();
    else if (move === 'deliver') deliver();
    else if (move === 'begin')
      loading ??= { load: held.begin([cells[n % 3] as string], [homes[n % 5] as string]), rows: null };
    else if (move === 'read' && loading) loading.rows ??= rowsOf(loading.load);
    else if (move === 'install') install();
    else if (move === 'abandon' && loading) {
      held.abandon(loading.load);
      loading = null;
    } else if (move === 'clear') held.clear();
  };
  const settle = (): void => {
    for (let round = 0; round < 2; round++) {
      deliver();
      prepare();
    }
    deliver();
    install();
  };
  return { held, act, settle, rowsOf };
};

const writtenAt = ({ posts }: HeldPosts, slot: number, nearness: Nearness, now: Date): string => {
  const target = Buffer.alloc(posts.roomOf(slot));
  return target.toString('utf8', 0, posts.writeCard(slot, nearness, now.getTime(), target, 0));
};
const cardAt = (held: HeldPosts, slot: number): PostCard =>
  JSON.parse(writtenAt(held, slot, 'farther', new Date(start)));
const said = (posts: readonly { id: string; updatedAt: string | Date }[]): string[] =>
  posts.map(({ id, updatedAt }) => `${id} ${Number(new Date(updatedAt))}`).sort();

test('whatever changes while it is read, what is held ends as what is stored, in every order of it', () => {
  let seen = 0;
  fc.assert(
    fc.property(moves, fc.constantFrom(6, 1_000), (history, postsMax) => {
      const { held, act, settle, rowsOf } = createWorld(postsMax);
      for (const { move, n } of history) act(move, n);
      settle();
      for (const shelf of [
        ...cells.map((cell) => ({ shelf: held.cell(cell), wanted: rowsOf({ cells: [cell], homes: [] }) })),
        ...homes.map((id) => ({ shelf: held.home(id), wanted: rowsOf({ cells: [], homes: [id] }) })),
      ]) {
        if (!shelf.shelf) continue;
        const [newest, urgent, dated] = [shelf.shelf.newest, shelf.shelf.urgent, shelf.shelf.dated].map((slots) =>
          slots.map((slot) => cardAt(held, slot)),
        ) as [PostCard[], PostCard[], PostCard[]];
        seen += newest.length;
        expect(said(newest)).toEqual(said(shelf.wanted));
        expect(said(urgent)).toEqual(said(shelf.wanted.filter(({ urgentUntil }) => urgentUntil)));
        expect(said(dated)).toEqual(said(shelf.wanted.filter(({ windowTo }) => windowTo)));
        const keys = newest.map(({ createdAt, id }) => `${createdAt} ${id}`);
        expect(keys).toEqual(keys.toSorted().reverse());
        const ends = (list: number[], of: (slot: number) => number) =>
          expect(list.map(of)).toEqual(list.map(of).toSorted());
        ends(shelf.shelf.urgent, (slot) => held.posts.urgentUntil(slot));
        ends(shelf.shelf.dated, (slot) => held.posts.windowTo(slot));
      }
      expect(held.size).toBeLessThanOrEqual(postsMax);
    }),
    { numRuns: 2_000 },
  );
  expect(seen).toBeGreaterThan(1_000);
});

test('above its room, the shelves that nobody read for the longest go first', () => {
  const held = new HeldPosts(10);
  const posts = Array.from({ length: many }, (_, n) => storedOf(n, 1)).filter((post) => post !== null);
  for (const cell of cells) {
    held.beginRead();
    held.cell(cells[0]);
    held.install(
      held.begin([cell], []),
      posts.filter((post) => post.cell === cell && post.audience !== 'residence').map(hold),
    );
  }
  held.beginRead();
  const before = held.size;
  expect(
    held.install(held.begin([], homes.slice(0, 4)), posts.filter(({ residenceId }) => residenceId !== 'h4').map(hold)),
  ).toBe(false);
  expect(before).toBeGreaterThan(0);
  expect(held.holdsCell(cells[1])).toBe(false);
  expect(held.size).toBeLessThanOrEqual(9);
});

test('with more posts than room, the others stay held: a tenth of what nobody read goes, cells and residences alike', () => {
  const held = new HeldPosts(1_000);
  const isHeld = (n: number): boolean => held.holdsCell(`c${n}`) && held.holdsHome(`h${n}`);
  const load = (n: number): boolean => {
    const posts = [0, 1, 2, 3, 4].map((k) => ({
      ...(storedOf(k, 1) as StoredPost),
      ...{ id: idOf(`${n}-${k}`), cell: `c${n}`, residenceId: `h${n}`, audience: 'commune' as const },
    }));
    return held.install(held.begin([`c${n}`], [`h${n}`]), posts.map(hold));
  };
  for (let n = 0; n < 200; n++) expect(load(n)).toBe(true); // at a start, before anybody reads
  held.beginRead();
  for (let n = 0; n < 20; n++) expect([held.cell(`c${n}`), held.home(`h${n}`)]).not.toContain(undefined);
  expect([load(200), load(201)]).toEqual([false, true]);
  expect(held.size).toBe(905);
  expect([...Array(202).keys()].filter((n) => !isHeld(n))).toEqual([...Array(21).keys()].map((n) => 20 + n));
});

test('a card is written as the domain has it, for every nearness, urgent or not, whatever its words say', () => {
  const marks = '"}, ","urgent":false,"author":{"id":"a","place":{"nearness":"farther","id":"';
  const post = { ...(storedOf(1, 1) as StoredPost), ...{ title: marks, details: `${marks} é 🧵`, authorName: marks } };
  const held = new HeldPosts(10);
  held.install(held.begin([post.cell], []), [hold({ ...post, audience: 'commune' })]);
  const slot = held.posts.find(post.id);
  for (const nearness of Nearness.options)
    for (const now of [start, start + 1, start + 2].map((ms) => new Date(ms)))
      expect(writtenAt(held, slot, nearness, now)).toBe(
        JSON.stringify(cardOf({ ...post, audience: 'commune' }, nearness, now)),
      );
});

test('a long history of changes leaves no more behind than what is held', () => {
  const held = new HeldPosts(100_000);
  held.install(held.begin([...cells], [...homes]), []);
  const sizes: number[] = [];
  for (let round = 0; round < 40; round++) {
    for (let n = 0; n < 500; n++) {
      const post = {
        ...(storedOf(n, 4 * round + (n % 3)) as StoredPost),
        details: 'x '.repeat(1 + ((n * 7 + round) % 80)),
      };
      held.apply(new Map([[post.id, n % 5 === round % 5 ? null : hold(post)]]));
    }
    sizes.push(held.posts.textBytes);
  }
  expect(held.size).toBe(400);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2 << 20);
  held.clear();
  expect([held.size, held.posts.textBytes]).toEqual([0, 1 << 20]);
});
