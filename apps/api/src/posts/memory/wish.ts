import type { Viewer } from '@palier/domain/places';
import type { Category, ListPosts } from '@palier/domain/posts';
import type { PostTable } from './post-table.ts';

/** What one reader asks for, at the instant at which their first page was read (ms). */
export type Wish = { viewer: Viewer; input: ListPosts; hidden: ReadonlySet<string>; asOf: number };

/** The earliest of a post's two dates that still count, as the feed orders by it. */
export const soonOf = (posts: PostTable, slot: number, asOf: number): number =>
  Math.min(
    posts.urgentUntil(slot) > asOf ? posts.urgentUntil(slot) : Number.POSITIVE_INFINITY,
    posts.windowTo(slot) === 0 ? Number.POSITIVE_INFINITY : posts.windowTo(slot),
  );

/** Whether a post answers what is asked and comes from someone whom no block hides; who may see it is its source's to say. */
const wanting = (posts: PostTable, { input, hidden, asOf }: Wish): ((slot: number) => boolean) => {
  const { kind, audience, urgent } = input;
  const categories: ReadonlySet<Category> | null = input.category ? new Set(input.category) : null;
  const isPlain = !kind && !audience && !urgent && !categories && hidden.size === 0;
  if (isPlain) return () => true;
  const isHidden = posts.writtenBy(hidden);
  return (slot) => {
    const traits = posts.traitsOf(slot);
    return (
      (!kind || traits.kind === kind) &&
      (!audience || traits.audience === audience) &&
      (!categories || categories.has(traits.category)) &&
      (!urgent || posts.urgentUntil(slot) > asOf) &&
      !isHidden(slot)
    );
  };
};

/** Who of a residence's posts its own reader may find at this nearness: 0 on their stair, 1 elsewhere in the residence. */
export const acceptsAtHome = (posts: PostTable, wish: Wish): ((slot: number, m: number) => boolean) => {
  const isWanted = wanting(posts, wish);
  const { stairId, residentId } = wish.viewer;
  const isMine = posts.writtenBy(new Set([residentId]));
  return (slot, m) => {
    const isSameStair = stairId !== null && posts.placeOf(slot).stairId === stairId;
    return (
      isSameStair === (m === 0) &&
      (posts.traitsOf(slot).audience !== 'stair' || isSameStair || isMine(slot)) &&
      isWanted(slot)
    );
  };
};

/** Which of a cell's public posts a reader of another residence may find: in their neighbourhood all, else those for the commune they share. */
export const acceptsInCell = (posts: PostTable, wish: Wish): Record<'near' | 'far', (slot: number) => boolean> => {
  const isWanted = wanting(posts, wish);
  const { residenceId, residentId, commune } = wish.viewer;
  const isMine = posts.writtenBy(new Set([residentId]));
  const isStranger = (slot: number): boolean => posts.placeOf(slot).residenceId !== residenceId && !isMine(slot);
  return {
    near: (slot) => isStranger(slot) && isWanted(slot),
    far: (slot) =>
      posts.traitsOf(slot).audience === 'commune' &&
      posts.placeOf(slot).commune === commune &&
      isStranger(slot) &&
      isWanted(slot),
  };
};
