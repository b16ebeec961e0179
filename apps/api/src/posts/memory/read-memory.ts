import { bandOf } from '@palier/domain/places';
import type { ListPosts } from '@palier/domain/posts';
import type { ResidentContext } from '../../context.ts';
import { viewerOf } from '../as-answer.ts';
import { groupsOfCells, isInBox } from '../feed-groups.ts';
import { openPosition, type Position, scopeOf, sealPosition } from '../feed-order.ts';
import { type FeedMemory, feedMemoryOf } from './feed-memory.ts';
import { findHeld } from './find-held.ts';
import { countRead } from './meter.ts';
import type { PostTable } from './post-table.ts';
import type { Found } from './walk.ts';
import { soonOf } from './wish.ts';

/** Posts that one page may look at before it is the database's: some ms of one processor. */
const budget = 20_000;

/** A page of the feed, its JSON written, and the place in the stream from which it is kept true. */
export type WrittenPage = { body: Buffer; head: number };

const nearnessOf = (m: number) => (m === 0 ? 'same-stair' : m === 1 ? 'same-residence' : bandOf(m));

const positionOf = (posts: PostTable, { slot, m }: Found, asOf: number): Position => ({
  isUrgent: posts.urgentUntil(slot) > asOf,
  soon: soonOf(posts, slot, asOf),
  m,
  createdAt: posts.createdAt(slot),
  id: posts.idOf(slot),
});

const writePage = (posts: PostTable, found: readonly Found[], next: string | null, now: number): Buffer => {
  const start = '{"items":[';
  const end = `],"next":${next === null ? 'null' : `"${next}"`}}`;
  const room = found.reduce((sum, { slot }) => sum + 1 + posts.roomOf(slot), start.length + end.length);
  const page = Buffer.allocUnsafe(room);
  let at = page.write(start, 'latin1');
  for (const [n, { slot, m }] of found.entries()) {
    if (n > 0) at += page.write(',', at, 'latin1');
    at = posts.writeCard(slot, nearnessOf(m), now, page, at);
  }
  return page.subarray(0, at + page.write(end, at, 'latin1'));
};

const readPage = async (memory: FeedMemory, ctx: ResidentContext, input: ListPosts): Promise<WrittenPage | null> => {
  const viewer = viewerOf(ctx.actor);
  const scope = scopeOf(viewer.residentId, input);
  const { asOf, at: after } =
    input.cursor === undefined ? { asOf: ctx.now, at: null } : openPosition(ctx.keys, scope, input.cursor);
  const groups = await groupsOfCells(ctx.db, input, viewer);
  if (!memory.held.holdsHome(viewer.residenceId)) {
    memory.want(null, viewer.residenceId);
    for (const { cell } of groups[0]?.cells ?? []) memory.want(cell, null);
    return null; // sooner than asking how they stand
  }
  const standing = await memory.standingOf(ctx.actor);
  if (standing.isForDatabase || memory.isBehind(standing.head)) return null;
  const found = findHeld(memory.held, {
    viewer,
    input,
    hidden: new Set(standing.hidden),
    asOf: asOf.getTime(),
    hasHome: isInBox(viewer.cell, input.bbox),
    groups,
    after,
    count: input.limit + 1,
    budget: { left: budget },
    missing: memory.want,
  });
  if (!found) return null;
  const last = found.length > input.limit ? found[input.limit - 1] : undefined;
  const next = last ? sealPosition(ctx.keys, scope, asOf, positionOf(memory.held.posts, last, asOf.getTime())) : null;
  return {
    body: writePage(memory.held.posts, found.slice(0, input.limit), next, ctx.now.getTime()),
    head: standing.applied,
  };
};

/**
 * The feed from this process's memory: the same posts in the same order as the database would answer, the same bytes; null when the database is to answer: a part is not held,
 * words are searched, the best are sorted out, or the memory is behind. Code: `cursor.invalid`.
 */
export const readFromMemory = async (ctx: ResidentContext, input: ListPosts): Promise<WrittenPage | null> => {
  const memory = feedMemoryOf(ctx.db);
  const isForDatabase = !memory || input.q !== undefined || input.sort === 'best';
  const page = isForDatabase ? null : await readPage(memory, ctx, input);
  countRead(ctx.db, page ? 'memory' : 'database');
  return page;
};
