import { z } from 'zod';
import { Category } from './categories.ts';
import {
  Instant,
  InstantOut,
  limits,
  PostKind,
  PostState,
  RepeatEvery,
  TimeWindow,
  TypedText,
  WithdrawPostReason,
} from './schemas.ts';

/** How one date of a series stands: still to be made, skipped by its author, or a post of its own. */
export const SeriesDate = z.strictObject({
  from: InstantOut,
  to: InstantOut,
  state: z.enum(['planned', 'skipped', 'made']),
  post: z.strictObject({ id: z.uuid(), state: PostState, helpersNeeded: z.int(), helpersTaken: z.int() }).nullable(),
});
export type SeriesDate = z.infer<typeof SeriesDate>;

/** One wish that the same person come each time: `asked` by them, `offered` by the author, `agreed` by both. */
export const Standing = z.strictObject({
  state: z.enum(['asked', 'offered', 'agreed']),
  person: z.strictObject({ id: z.uuid(), displayName: z.string() }),
});
export type Standing = z.infer<typeof Standing>;

/** A series as its author or someone who answered one of its dates reads it. `candidates`: those the author may offer it to. */
export const SeriesView = z.strictObject({
  id: z.uuid(),
  kind: PostKind,
  category: Category,
  title: z.string(),
  every: RepeatEvery,
  until: InstantOut,
  endedAt: InstantOut.nullable(),
  mine: z.boolean(),
  author: z.strictObject({ id: z.uuid(), displayName: z.string() }),
  dates: z.array(SeriesDate),
  promisedUntil: InstantOut.nullable(),
  standings: z.array(Standing),
  candidates: z.array(z.strictObject({ id: z.uuid(), displayName: z.string() })),
});
export type SeriesView = z.infer<typeof SeriesView>;

/** The bodies of the routes of a series. */
export const SkipDate = z.strictObject({ from: Instant });
export const EndSeries = z.strictObject({ reason: WithdrawPostReason });
export const EditSeries = z.strictObject({
  window: TimeWindow.optional(),
  every: RepeatEvery.optional(),
  until: Instant.optional(),
  title: TypedText(limits.titleMin, limits.titleMax).optional(),
  details: TypedText(0, limits.detailsMax).optional(),
  helpersNeeded: z.int().min(1).max(limits.helpersMax).optional(),
  emergencySeen: z.boolean().optional(),
});
export type EditSeries = z.infer<typeof EditSeries>;
/** Whom the author means; absent when it is the person themselves who acts. */
export const StandIn = z.strictObject({ person: z.uuid().optional() });

/** The body of `POST /api/posts/:postId/places`: how many people the post is for from now on. */
export const SetPlaces = z.strictObject({ helpersNeeded: z.int().min(1).max(limits.helpersMax) });
