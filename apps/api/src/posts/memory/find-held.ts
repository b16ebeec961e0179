import type { CellGroup } from '../feed-groups.ts';
import type { Position } from '../feed-order.ts';
import type { HeldPosts } from './held-posts.ts';
import type { PostTable } from './post-table.ts';
import { firstNot, newestFirst, newestFirstThan, type Shelf } from './shelf.ts';
import { type Budget, type Found, merge, type Source } from './walk.ts';
import { acceptsAtHome, acceptsInCell, soonOf, type Wish } from './wish.ts';

/** A shelf that a reader's page needs: how near it is, and whom of it they may find. Two of them for their own residence. */
type Reached = { shelf: Shelf; m: number; accepts: (slot: number, m: number) => boolean };

/** What a page is made from: `count` posts after where the page before ended. `missing` hears of what is not held. */
export type PageWish = Wish & {
  hasHome: boolean;
  groups: readonly CellGroup[];
  after: Position | null;
  count: number;
  budget: Budget;
  missing: (cell: string | null, home: string | null) => void;
};

const at = ({ list, at: place }: Source): number => list[place] as number;
const byNewest =
  (posts: PostTable) =>
  (a: Source, b: Source): number =>
    newestFirst(posts, at(a), at(b));

const newestSource = (posts: PostTable, { shelf, m, accepts }: Reached, after: Position | null): Source => ({
  list: shelf.newest,
  at: after ? firstNot(shelf.newest, (slot) => newestFirstThan(posts, slot, after) <= 0) : 0,
  m,
  accepts,
});

/** The reader's own residence: their stair, then the rest of it; null when it is not held. */
const homeOf = (held: HeldPosts, wish: PageWish): Reached[] | null => {
  if (!wish.hasHome) return [];
  const { residenceId } = wish.viewer;
  const shelf = held.home(residenceId);
  if (!shelf) wish.missing(null, residenceId);
  const accepts = acceptsAtHome(held.posts, wish);
  return shelf ? [0, 1].map((m) => ({ shelf, m, accepts })) : null;
};

const cellsOf = (
  held: HeldPosts,
  wish: PageWish,
  { m, cells }: CellGroup,
  accepts: ReturnType<typeof acceptsInCell>,
): Reached[] | null => {
  const reached: Reached[] = [];
  let isWhole = true;
  for (const { cell, isNear } of cells) {
    const shelf = held.cell(cell);
    if (shelf) reached.push({ shelf, m, accepts: isNear ? accepts.near : accepts.far });
    else {
      isWhole = false;
      wish.missing(cell, null);
    }
  }
  return isWhole ? reached : null;
};

/** Nearest first: one distance after the other, left as soon as the page is full. */
const findNear = (held: HeldPosts, wish: PageWish): Found[] | null => {
  const { after, count, budget } = wish;
  const found: Found[] = [];
  const walk = (reached: readonly Reached[]): boolean =>
    merge(
      reached.map((one) => newestSource(held.posts, one, after?.m === one.m ? after : null)),
      byNewest(held.posts),
      found,
      count,
      budget,
    );
  const isLeft = (m: number): boolean => found.length < count && (!after || m >= after.m);
  const home = isLeft(1) ? homeOf(held, wish) : [];
  if (!home) return null;
  for (const one of home) if (isLeft(one.m) && !walk([one])) return null;
  const accepts = acceptsInCell(held.posts, wish);
  for (const group of wish.groups) {
    if (found.length >= count) break;
    if (!isLeft(group.m)) continue;
    const reached = cellsOf(held, wish, group, accepts);
    if (!reached || !walk(reached)) return null;
  }
  return found;
};

/** Everything in reach at once; null when some of it is not held. */
const allOf = (held: HeldPosts, wish: PageWish): Reached[] | null => {
  const accepts = acceptsInCell(held.posts, wish);
  const parts = [homeOf(held, wish), ...wish.groups.map((group) => cellsOf(held, wish, group, accepts))];
  return parts.includes(null) ? null : (parts as Reached[][]).flat();
};

const findRecent = (held: HeldPosts, wish: PageWish): Found[] | null => {
  const found: Found[] = [];
  const sources = allOf(held, wish)?.map((one) => newestSource(held.posts, one, wish.after));
  return sources && merge(sources, byNewest(held.posts), found, wish.count, wish.budget) ? found : null;
};

type Dated = { list: (shelf: Shelf) => number[]; date: (posts: PostTable, slot: number) => number };
const byUrgency: Dated = { list: (shelf) => shelf.urgent, date: (posts, slot) => posts.urgentUntil(slot) };
const byWindow: Dated = { list: (shelf) => shelf.dated, date: (posts, slot) => posts.windowTo(slot) };

/** The soonest first by its two dates, each post at the one that counts; then, newest first, those without a date. */
const findSoon = (held: HeldPosts, wish: PageWish): Found[] | null => {
  const { after, count, budget, asOf } = wish;
  const { posts } = held;
  const thenNewest = byNewest(posts);
  const reached = allOf(held, wish);
  if (!reached) return null;
  const found: Found[] = [];
  if (!after || Number.isFinite(after.soon)) {
    const dates = new Map<readonly number[], Dated>();
    const sources = reached.flatMap(({ shelf, m, accepts }) =>
      [byUrgency, byWindow].map((by): Source => {
        const list = by.list(shelf);
        dates.set(list, by);
        const isPast = (slot: number): boolean =>
          (by === byUrgency && by.date(posts, slot) <= asOf) ||
          (after !== null && (by.date(posts, slot) - after.soon || newestFirstThan(posts, slot, after)) <= 0);
        const isTwice = (slot: number): boolean =>
          by === byWindow && soonOf(posts, slot, asOf) === posts.urgentUntil(slot);
        return {
          list,
          at: firstNot(list, isPast),
          m,
          accepts: (slot) => soonOf(posts, slot, asOf) === by.date(posts, slot) && !isTwice(slot) && accepts(slot, m),
        };
      }),
    );
    const dateOf = (source: Source): number => dates.get(source.list)?.date(posts, at(source)) ?? 0;
    if (!merge(sources, (a, b) => dateOf(a) - dateOf(b) || thenNewest(a, b), found, count, budget)) return null;
  }
  const rest = reached.map(({ accepts, ...one }) =>
    newestSource(
      posts,
      { ...one, accepts: (slot, m) => soonOf(posts, slot, asOf) === Number.POSITIVE_INFINITY && accepts(slot, m) },
      after && !Number.isFinite(after.soon) ? after : null,
    ),
  );
  return merge(rest, thenNewest, found, count, budget) ? found : null;
};

/** The first posts of the page in its order; null when the memory cannot tell: a part is not held, or too much would be looked at. */
export const findHeld = (held: HeldPosts, wish: PageWish): Found[] | null => {
  held.beginRead();
  const { sort } = wish.input;
  return sort === 'near' ? findNear(held, wish) : sort === 'recent' ? findRecent(held, wish) : findSoon(held, wish);
};
