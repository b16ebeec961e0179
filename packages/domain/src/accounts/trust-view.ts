import { z } from 'zod';
import { InstantOut } from '../posts/schemas.ts';
import { Trust, TrustSource } from './roles.ts';

/** Where I stand among my neighbours, and how far the next step is: the body of `GET /api/me/trust`. `vouches` are those that count today. */
export const MyTrust = z.strictObject({
  residentId: z.uuid(),
  trust: Trust,
  from: TrustSource,
  since: InstantOut,
  vouches: z.int(),
  vouchesNeeded: z.int(),
  peopleHelped: z.int(),
  peopleNeeded: z.int(),
  daysKnown: z.int(),
  daysNeeded: z.int(),
});
export type MyTrust = z.infer<typeof MyTrust>;

/** The neighbour whom one is asked to vouch for, as read from the link that they show: their name, and whether one's word is still awaited. */
export const VouchView = z.strictObject({
  resident: z.strictObject({ id: z.uuid(), displayName: z.string(), trust: Trust }),
  mine: z.boolean(),
});
export type VouchView = z.infer<typeof VouchView>;

/** The body of `POST /api/me/residence`: the code of the residence one moves to, and where in it. */
export const MoveResidence = z.strictObject({
  code: z.string().min(1).max(64),
  stairId: z.uuid().optional(),
  floor: z.int().min(-3).max(60).optional(),
});
export type MoveResidence = z.infer<typeof MoveResidence>;

/** How often a resident may change residence: twice in 30 days (privacy.md, Moving). */
export const movesAllowed = { max: 2, windowMs: 30 * 86_400_000 } as const;
