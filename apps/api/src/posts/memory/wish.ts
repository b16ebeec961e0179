import type { Viewer } from '@palier/domain/places';
import type { Category, ListPosts } from '@palier/domain/posts';
import type { HeldPost } from './held-post.ts';

/** What one reader asks for, at the instant at which their first page was read (ms). */
export type Wish = { viewer: Viewer; input: ListPosts; hidden: ReadonlySet<string>; asOf: number };

const isUrgent = (post: HeldPost, asOf: number): boolean => post.urgentUntil > asOf;

/** The earliest of a post's two dates that still count, as the feed orders by it. */
export const soonOf = (post: HeldPost, asOf: number): number =>
  Math.min(
    isUrgent(post, asOf) ? post.urgentUntil : Number.POSITIVE_INFINITY,
    post.windowTo === 0 ? Number.POSITIVE_INFINITY : post.windowTo,
  );

/** Whether a post answers what is asked and comes from someone whom no block hides; who may see it is its source's to say. */
const wanting = ({ input, hidden, asOf }: Wish): ((post: HeldPost) => boolean) => {
  const { kind, audience, urgent } = input;
  const categories: ReadonlySet<Category> | null = input.category ? new Set(input.category) : null;
  const isPlain = !kind && !audience && !urgent && !categories && hidden.size === 0;
  if (isPlain) return () => true;
  return (post) =>
    (!kind || post.traits.kind === kind) &&
    (!audience || post.traits.audience === audience) &&
    (!categories || categories.has(post.traits.category)) &&
    (!urgent || isUrgent(post, asOf)) &&
    !hidden.has(post.author.id);
};

/** Who of a residence's posts its own reader may find at this nearness: 0 on their stair, 1 elsewhere in the residence. */
export const acceptsAtHome = (wish: Wish): ((post: HeldPost, m: number) => boolean) => {
  const isWanted = wanting(wish);
  const { stairId, residentId } = wish.viewer;
  return (post, m) => {
    const isSameStair = stairId !== null && post.place.stairId === stairId;
    return (
      isSameStair === (m === 0) &&
      (post.traits.audience !== 'stair' || isSameStair || post.author.id === residentId) &&
      isWanted(post)
    );
  };
};

/** Which of a cell's public posts a reader of another residence may find: in their neighbourhood all, else those for the commune they share. */
export const acceptsInCell = (wish: Wish): Record<'near' | 'far', (post: HeldPost) => boolean> => {
  const isWanted = wanting(wish);
  const { residenceId, residentId, commune } = wish.viewer;
  const isStranger = (post: HeldPost): boolean =>
    post.place.residenceId !== residenceId && post.author.id !== residentId;
  return {
    near: (post) => isStranger(post) && isWanted(post),
    far: (post) =>
      post.traits.audience === 'commune' && post.place.commune === commune && isStranger(post) && isWanted(post),
  };
};
