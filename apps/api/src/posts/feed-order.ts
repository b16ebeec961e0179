import { nearnessM, type StoredPost, type Viewer } from '@palier/domain/places';
import type { FeedSort, ListPosts } from '@palier/domain/posts';
import { openCursor, sealCursor } from '../cursor.ts';
import type { Keys } from '../keys.ts';

/** Where a post stands in every order: what a page's end remembers, and nothing else. Instants in ms; `soon` is infinite without a date. */
export type Position = { isUrgent: boolean; soon: number; m: number; createdAt: number; id: string };

/** The earliest of a post's two dates that still count at `asOf`: the end of its urgency, the end of its window. */
const soonOf = (post: StoredPost, isUrgent: boolean): number =>
  Math.min(
    isUrgent ? (post.urgentUntil?.getTime() ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
    post.windowTo?.getTime() ?? Number.POSITIVE_INFINITY,
  );

/** Where a post stands for this viewer at this instant. */
export const positionOf = (post: StoredPost, viewer: Viewer, asOf: Date): Position => {
  const isUrgent = post.urgentUntil !== null && post.urgentUntil > asOf;
  return {
    isUrgent,
    soon: soonOf(post, isUrgent),
    m: nearnessM(post, viewer),
    createdAt: post.createdAt.getTime(),
    id: post.id,
  };
};

const ascending = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
const newestFirst = (a: Position, b: Position): number =>
  ascending(b.createdAt, a.createdAt) || (a.id === b.id ? 0 : a.id < b.id ? 1 : -1);

/** The orders of the feed; ties end with the newest first, then the id, so that each is total. */
export const orders: Readonly<Record<FeedSort, (a: Position, b: Position) => number>> = {
  near: (a, b) => ascending(a.m, b.m) || newestFirst(a, b),
  recent: newestFirst,
  soon: (a, b) => ascending(a.soon, b.soon) || newestFirst(a, b),
  best: (a, b) => ascending(Number(b.isUrgent), Number(a.isUrgent)) || ascending(a.m, b.m) || newestFirst(a, b),
};

/** What a cursor of the feed belongs to: one reader, and everything they asked for. */
export const scopeOf = (residentId: string, { cursor: _cursor, limit: _limit, ...filters }: ListPosts): string =>
  `posts ${residentId} ${JSON.stringify(Object.entries(filters).sort())}`;

/** Seals where a page ended, and the instant at which its first page was read: urgency is judged at that instant all along. */
export const sealPosition = (keys: Keys, scope: string, asOf: Date, at: Position): string =>
  sealCursor(keys, scope, [
    asOf.getTime(),
    Number(at.isUrgent),
    Number.isFinite(at.soon) ? at.soon : -1,
    at.m,
    at.createdAt,
    at.id,
  ]);

/** Where a sealed page ended. Code: `cursor.invalid`. */
export const openPosition = (keys: Keys, scope: string, cursor: string): { asOf: Date; at: Position } => {
  const [asOf, isUrgent, soon, m, createdAt, id] = openCursor(keys, scope, cursor);
  const at = {
    isUrgent: isUrgent === 1,
    soon: soon === -1 ? Number.POSITIVE_INFINITY : Number(soon),
    m: Number(m),
    createdAt: Number(createdAt),
    id: String(id),
  };
  return { asOf: new Date(Number(asOf)), at };
};
