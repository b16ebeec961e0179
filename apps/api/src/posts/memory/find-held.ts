import type { CellGroup } from '../feed-groups.ts';
import type { Position } from '../feed-order.ts';
import type { HeldPost } from './held-post.ts';
import type { HeldPosts } from './held-posts.ts';
import { firstNot, newestFirst, type Shelf } from './shelf.ts';
import { type Budget, type Found, merge, type Source } from './walk.ts';
import { acceptsAtHome, acceptsInCell, soonOf, type Wish } from './wish.ts';

/** A shelf that a reader's page needs: how near it is, and whom of it they may find. Two of them for their own residence. */
type Reached = { shelf: Shelf; m: number; accepts: (post: HeldPost, m: number) => boolean };

/** What a page is made from: `count` posts after where the page before ended. `missing` hears of what is not held. */
export type PageWish = Wish & {
  hasHome: boolean;
  groups: readonly CellGroup[];
  after: Position | null;
  count: number;
  budget: Budget;
  missing: (cell: string | null, home: string | null) => void;
};

const at = ({ list, at: place }: Source): HeldPost => list[place] as HeldPost;
const byNewest = (a: Source, b: Source): number => newestFirst(at(a), at(b));

const newestSource = ({ shelf, m, accepts }: Reached, after: Position | null): Source => ({
  list: shelf.newest,
  at: after ? firstNot(shelf.newest, (post) => newestFirst(post, after) <= 0) : 0,
  m,
  accepts,
});

/** The reader's own residence: their stair, then the rest of it; null when it is not held. */
const homeOf = (held: HeldPosts, wish: PageWish): Reached[] | null => {
  if (!wish.hasHome) return [];
  const { residenceId } = wish.viewer;
  const shelf = held.home(residenceId);
  if (!shelf) wish.missing(null, residenceId);
  const accepts = acceptsAtHome(wish);
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
      reached.map((one) => newestSource(one, after?.m === one.m ? after : null)),
      byNewest,
      found,
      count,
      budget,
    );
  const isLeft = (m: number): boolean => found.length < count && (!after || m >= after.m);
  const home = isLeft(1) ? homeOf(held, wish) : [];
  if (!home) return null;
  for (const one of home) if (isLeft(one.m) && !walk([one])) return null;
  const accepts = acceptsInCell(wish);
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
  const accepts = acceptsInCell(wish);
  const parts = [homeOf(held, wish), ...wish.groups.map((group) => cellsOf(held, wish, group, accepts))];
  return parts.includes(null) ? null : (parts as Reached[][]).flat();
};

const findRecent = (held: HeldPosts, wish: PageWish): Found[] | null => {
  const found: Found[] = [];
  const sources = allOf(held, wish)?.map((one) => newestSource(one, wish.after));
  return sources && merge(sources, byNewest, found, wish.count, wish.budget) ? found : null;
};

type Dated = { list: (shelf: Shelf) => HeldPost[]; date: (post: HeldPost) => number };
const byUrgency: Dated = { list: (shelf) => shelf.urgent, date: (post) => post.urgentUntil };
const byWindow: Dated = { list: (shelf) => shelf.dated, date: (post) => post.windowTo };

/** The soonest first by its two dates, each post at the one that counts; then, newest first, those without a date. */
const findSoon = (held: HeldPosts, wish: PageWish): Found[] | null => {
  const { after, count, budget, asOf } = wish;
  const reached = allOf(held, wish);
  if (!reached) return null;
  const found: Found[] = [];
  if (!after || Number.isFinite(after.soon)) {
    const dates = new Map<readonly HeldPost[], Dated>();
    const sources = reached.flatMap(({ shelf, m, accepts }) =>
      [byUrgency, byWindow].map((by): Source => {
        const list = by.list(shelf);
        dates.set(list, by);
        const isPast = (post: HeldPost): boolean =>
          (by === byUrgency && by.date(post) <= asOf) ||
          (after !== null && (by.date(post) - after.soon || newestFirst(post, after)) <= 0);
        const isTwice = (post: HeldPost): boolean => by === byWindow && soonOf(post, asOf) === post.urgentUntil;
        return {
          list,
          at: firstNot(list, isPast),
          m,
          accepts: (post) => soonOf(post, asOf) === by.date(post) && !isTwice(post) && accepts(post, m),
        };
      }),
    );
    const dateOf = (source: Source): number => dates.get(source.list)?.date(at(source)) ?? 0;
    if (!merge(sources, (a, b) => dateOf(a) - dateOf(b) || byNewest(a, b), found, count, budget)) return null;
  }
  const rest = reached.map(({ accepts, ...one }) =>
    newestSource(
      { ...one, accepts: (post, m) => soonOf(post, asOf) === Number.POSITIVE_INFINITY && accepts(post, m) },
      after && !Number.isFinite(after.soon) ? after : null,
    ),
  );
  return merge(rest, byNewest, found, count, budget) ? found : null;
};

/** The first posts of the page in its order; null when the memory cannot tell: a part is not held, or too much would be looked at. */
export const findHeld = (held: HeldPosts, wish: PageWish): Found[] | null => {
  held.beginRead();
  const { sort } = wish.input;
  return sort === 'near' ? findNear(held, wish) : sort === 'recent' ? findRecent(held, wish) : findSoon(held, wish);
};
