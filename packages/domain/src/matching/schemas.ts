import { z } from 'zod';
import { Category } from '../posts/categories.ts';
import { InstantOut, PostCard } from '../posts/schemas.ts';
import { Ring } from './rings.ts';
import { MatchReason } from './score.ts';

/** A reason as its reader is told it: the code, and the sentence in their language. */
export const ReasonView = z.strictObject({ code: MatchReason, text: z.string() });
export type ReasonView = z.infer<typeof ReasonView>;

export const MatchView = z.strictObject({ post: PostCard, reasons: z.array(ReasonView) });
export type MatchView = z.infer<typeof MatchView>;

/** What `GET /api/posts/:postId/matches` answers its author: posts that they may already see, and of neighbours nothing but counts, from three. `requests` is what fits an offer. */
export const PostMatches = z.strictObject({
  offers: z.array(MatchView),
  requests: z.array(MatchView),
  neighbours: z.array(z.strictObject({ ring: Ring, count: z.int().nullable() })),
});
export type PostMatches = z.infer<typeof PostMatches>;

/** How far a post was told: how many people of its rings (from three; `atLeast` when a ring of fewer is left out), the widest ring, when the next one is due, and whether its author is asked if it still holds. */
export const Reach = z.strictObject({
  told: z.int().nullable(),
  atLeast: z.boolean(),
  ring: Ring.nullable(),
  nextRing: Ring.nullable(),
  nextAt: InstantOut.nullable(),
  asked: z.boolean(),
});
export type Reach = z.infer<typeof Reach>;

/** The body of `POST /api/posts/:postId/widen`; `to` is the ring that the author means, so that pressing twice widens once. */
export const WidenPost = z.strictObject({ to: Ring.optional() });
export type WidenPost = z.infer<typeof WidenPost>;

/** How far a saved interest may look, in metres. */
export const interestWithinM = { least: 250, most: 5000, usual: 1000 } as const;
const Within = z.int().min(interestWithinM.least).max(interestWithinM.most);

/** A saved interest: new posts of a category within a distance tell this resident, unless paused. */
export const Interest = z.strictObject({
  id: z.uuid(),
  category: Category,
  withinM: z.int(),
  paused: z.boolean(),
  createdAt: InstantOut,
});
export type Interest = z.infer<typeof Interest>;

/** The body of `POST /api/interests`: one interest a category; saving it again changes its distance and resumes it. */
export const SaveInterest = z.strictObject({ category: Category, withinM: Within });
export type SaveInterest = z.infer<typeof SaveInterest>;

/** The body of `PATCH /api/interests/:interestId`. */
export const EditInterest = z.strictObject({ paused: z.boolean().optional(), withinM: Within.optional() });
export type EditInterest = z.infer<typeof EditInterest>;
