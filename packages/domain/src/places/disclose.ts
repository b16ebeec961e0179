import type { Audience, Category, Nearness, PostCard, PostKind, PostState } from '../posts/index.ts';
import { bandOf } from './band.ts';
import { cellDistanceM, isNeighbourhood } from './distance.ts';
import type { Cell } from './schemas.ts';

/** A post as it is stored, with its author's first name: what only `disclose` turns into something shown. It holds the public cell and no exact place. */
export type StoredPost = {
  id: string;
  authorId: string;
  authorName: string;
  residenceId: string;
  stairId: string | null;
  commune: string;
  cell: string;
  kind: PostKind;
  category: Category;
  title: string;
  details: string;
  audience: Audience;
  helpersNeeded: number;
  taken: number;
  urgentUntil: Date | null;
  windowFrom: Date | null;
  windowTo: Date | null;
  state: PostState;
  onBehalf: boolean;
  seriesId: string | null;
  createdAt: Date;
  updatedAt: Date;
  expiresAt: Date;
};

/** Whoever reads: where they live, as their own residence knows it, and their public cell. */
export type Viewer = { residentId: string; residenceId: string; stairId: string | null; cell: string; commune: string };

/** The two places that are compared: relations by id inside one residence, public cells otherwise. */
type Placed = Pick<StoredPost, 'residenceId' | 'stairId' | 'cell'>;

/** Sort key of nearness in metres: 0 on the same stair, 1 in the same residence, else the distance between public cells (never under 76). */
export const nearnessM = (post: Placed, viewer: Placed): number =>
  post.residenceId !== viewer.residenceId
    ? cellDistanceM(post.cell as Cell, viewer.cell as Cell)
    : post.stairId !== null && post.stairId === viewer.stairId
      ? 0
      : 1;

/** How near a post is, as its reader may know it: a relation in one residence, a band between cells otherwise. */
export const nearnessOf = (post: Placed, viewer: Placed): Nearness => {
  const metres = nearnessM(post, viewer);
  return metres === 0 ? 'same-stair' : metres === 1 ? 'same-residence' : bandOf(metres);
};

/**
 * Whether a post's audience holds this viewer (product.md, A request's life 1): stair ⊂ residence ⊂ neighbourhood ⊂ commune (its residents plus the neighbourhood).
 * Blocks, states and roles are asked elsewhere.
 */
export const isInAudience = (
  post: Placed & Pick<StoredPost, 'audience' | 'commune' | 'authorId'>,
  viewer: Viewer,
): boolean => {
  if (post.authorId === viewer.residentId) return true;
  if (post.residenceId === viewer.residenceId)
    return post.audience !== 'stair' || (post.stairId !== null && post.stairId === viewer.stairId);
  if (post.audience === 'stair' || post.audience === 'residence') return false;
  return (
    (post.audience === 'commune' && post.commune === viewer.commune) ||
    isNeighbourhood(post.cell as Cell, viewer.cell as Cell)
  );
};

/** Whether a viewer may read a post they are no side of: held and removed ones are their author's alone; what ended stays readable, so that whoever comes too late learns it. */
export const maySee = (post: StoredPost, viewer: Viewer): boolean =>
  post.authorId === viewer.residentId ||
  (post.state !== 'held' && post.state !== 'removed' && isInAudience(post, viewer));

const excerptMax = 160;

/** The beginning of a text, cut at a word and at most 160 code points, with an ellipsis when something is missing. */
export const excerptOf = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= excerptMax) return line;
  let end = 0;
  for (let points = 0; points < excerptMax && end < line.length; points += 1)
    end += (line.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  if (end === line.length) return line;
  const cut = line.slice(0, end);
  const space = cut.lastIndexOf(' ');
  return `${space > excerptMax / 2 ? cut.slice(0, space) : cut}…`;
};

/** The card of a post as seen from one nearness: everyone of that nearness gets the same bytes, which is what live frames and shared feeds rest on. */
export const cardOf = (post: StoredPost, nearness: Nearness, now: Date): PostCard => ({
  id: post.id,
  kind: post.kind,
  category: post.category,
  title: post.title,
  excerpt: excerptOf(post.details),
  audience: post.audience,
  state: post.state,
  helpersNeeded: post.helpersNeeded,
  helpersTaken: post.taken,
  urgent: post.urgentUntil !== null && post.urgentUntil > now,
  window:
    post.windowFrom && post.windowTo ? { from: post.windowFrom.toISOString(), to: post.windowTo.toISOString() } : null,
  onBehalf: post.onBehalf,
  repeats: post.seriesId !== null,
  author: { id: post.authorId, displayName: post.authorName },
  place: { nearness, cell: post.cell, commune: post.commune },
  createdAt: post.createdAt.toISOString(),
  updatedAt: post.updatedAt.toISOString(),
  expiresAt: post.expiresAt.toISOString(),
});

/** What this viewer sees of a stored post, or null when it is not theirs to know. The one way from a row to a reader. */
export const disclose = (post: StoredPost, viewer: Viewer, now: Date): PostCard | null =>
  maySee(post, viewer) ? cardOf(post, nearnessOf(post, viewer), now) : null;
