import { z } from 'zod';
import { allowed, refused, type Verdict } from '../errors.ts';

/** What a person may be, each granted for a place, never globally (product.md, Who uses it). */
export const Role = z.enum(['resident', 'referent', 'coordinator', 'officer', 'reader']);
export type Role = z.infer<typeof Role>;

/** The roles that an operator or a coordinator grants; being a resident comes from entering a residence. */
export const StaffRole = z.enum(['referent', 'coordinator', 'officer']);
export type StaffRole = z.infer<typeof StaffRole>;

/** A role and the place it is held for: a referent's residence, a coordinator's territory, an officer's commune; the territory in which one may be named a reader of the watch. */
export const RoleGrant = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('resident'), residenceId: z.uuid() }),
  z.strictObject({ role: z.literal('referent'), residenceId: z.uuid() }),
  z.strictObject({ role: z.literal('coordinator'), territoryId: z.uuid() }),
  z.strictObject({ role: z.literal('officer'), commune: z.string() }),
  z.strictObject({ role: z.literal('reader'), territoryId: z.uuid() }),
]);
export type RoleGrant = z.infer<typeof RoleGrant>;

/** How far a residence trusts a resident (product.md, Trust in steps). */
export const Trust = z.enum(['new', 'known', 'trusted']);
export type Trust = z.infer<typeof Trust>;

/** What made a resident `known`: the code they entered with, a referent, two neighbours, and for `trusted` what they did since. */
export const TrustSource = z.enum(['invitation', 'referent', 'neighbours', 'favours']);
export type TrustSource = z.infer<typeof TrustSource>;

const dayMs = 86_400_000;

/** The life of a session (reliability.md A7), in ms: residents 60 days sliding and 365 absolute. */
export const sessionLife = { slidingMs: 60 * dayMs, absoluteMs: 365 * dayMs } as const;

/** How long whoever asked to leave may come back, in ms: 14 days (privacy.md, Accounts). */
export const graceMs = 14 * dayMs;

/** Whether a session made at `createdAt` is past its absolute life. Code: `session.required`. */
export const canStillServe = (session: { createdAt: Date }, now: Date): Verdict =>
  now.getTime() - session.createdAt.getTime() < sessionLife.absoluteMs ? allowed : refused('session.required');
