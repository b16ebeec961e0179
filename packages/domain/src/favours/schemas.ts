import { z } from 'zod';
import { PageQuery } from '../paging/index.ts';
import { Category } from '../posts/categories.ts';
import { InstantOut, limits, PostKind, TypedText } from '../posts/schemas.ts';

export const FavourState = z.enum(['standby', 'accepted', 'done', 'withdrawn', 'declined', 'no-show', 'released']);
export type FavourState = z.infer<typeof FavourState>;

export const WithdrawReason = z.enum(['unwell', 'no-time', 'misunderstood', 'other']);
export const DeclineReason = z.enum(['already-helped', 'not-this-time', 'other']);
export const NoShowReason = z.enum(['nobody-came', 'nobody-home']);

/** Why a no-show is excused, by whoever waited: it does not matter, or there was a reason. Recorded, never counted, never shown to others. */
export const Excuse = z.enum(['no-matter', 'had-reason']);

/** The bodies of the favour's routes. */
export const ExcuseNoShow = z.strictObject({ excuse: Excuse });
export const AcceptPost = z.strictObject({ note: TypedText(0, limits.noteMax).optional() });
export const WithdrawFavour = z.strictObject({ reason: WithdrawReason });
export const DeclineFavour = z.strictObject({ reason: DeclineReason });
export const NoShow = z.strictObject({ reason: NoShowReason });
/** Minutes given, for the commune's aggregate alone; never a currency. */
export const CompleteFavour = z.strictObject({ minutes: z.int().min(1).max(1440).optional() });
export const Thank = z.strictObject({ text: TypedText(1, 500) });

/** Which side of a favour the reader is on. */
export const Side = z.enum(['helper', 'beneficiary']);
export type Side = z.infer<typeof Side>;

/** A favour as one of its two sides reads it. */
export const FavourView = z.strictObject({
  id: z.uuid(),
  postId: z.uuid(),
  state: FavourState,
  side: Side,
  iAmAuthor: z.boolean(),
  note: z.string(),
  reason: z.string().nullable(),
  excuse: Excuse.nullable(),
  minutes: z.int().nullable(),
  thanks: z.strictObject({ text: z.string(), at: InstantOut }).nullable(),
  other: z.strictObject({ id: z.uuid(), displayName: z.string(), residence: z.string().nullable() }),
  /** Whether the other side is a neighbour without internet, for whom a referent acts. */
  viaReferent: z.boolean(),
  post: z.strictObject({
    kind: PostKind,
    category: Category,
    title: z.string(),
    state: z.string(),
    window: z.strictObject({ from: InstantOut, to: InstantOut }).nullable(),
  }),
  createdAt: InstantOut,
  updatedAt: InstantOut,
});
export type FavourView = z.infer<typeof FavourView>;

/** The query of `GET /api/favours`: mine as helper, as beneficiary, or both; living, ended, or all. */
export const ListFavours = z.strictObject({
  side: Side.optional(),
  live: z.enum(['true', 'false']).optional(),
  postId: z.uuid().optional(),
  ...PageQuery.shape,
});

/** Whether my calendar has a secret address, and since when. */
export const CalendarFeed = z.strictObject({ feed: z.strictObject({ createdAt: InstantOut }).nullable() });
/** The secret address itself, told once. */
export const CalendarAddress = z.strictObject({ url: z.url() });
