import { z } from 'zod';
import { allowed, refused, type Verdict } from '../errors.ts';

/** What a person may be, each granted for a place, never globally (product.md, Who uses it). */
export const Role = z.enum(['resident', 'referent', 'coordinator', 'officer']);
export type Role = z.infer<typeof Role>;

/** The roles that an operator or a coordinator grants; being a resident comes from entering a residence. */
export const StaffRole = z.enum(['referent', 'coordinator', 'officer']);
export type StaffRole = z.infer<typeof StaffRole>;

/** A role and the place it is held for: a referent's residence, a coordinator's territory, an officer's commune. */
export const RoleGrant = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('resident'), residenceId: z.uuid() }),
  z.strictObject({ role: z.literal('referent'), residenceId: z.uuid() }),
  z.strictObject({ role: z.literal('coordinator'), territoryId: z.uuid() }),
  z.strictObject({ role: z.literal('officer'), commune: z.string() }),
]);
export type RoleGrant = z.infer<typeof RoleGrant>;

/** How far a residence trusts a resident (product.md, Trust in steps). */
export const Trust = z.enum(['new', 'known', 'trusted']);
export type Trust = z.infer<typeof Trust>;

/** The ways into a residence that exist so far, and the trust each gives from the first day. */
export const InvitationKind = z.enum(['poster', 'slip', 'letter']);
export type InvitationKind = z.infer<typeof InvitationKind>;

export const trustOfInvitation: Readonly<Record<InvitationKind, Trust>> = {
  poster: 'new',
  slip: 'known',
  letter: 'known',
};

const dayMs = 86_400_000;

/** How long a printed code opens its residence, in ms (reliability.md A5): posters 90 days, slips and letters 14. */
export const invitationLifeMs: Readonly<Record<InvitationKind, number>> = {
  poster: 90 * dayMs,
  slip: 14 * dayMs,
  letter: 14 * dayMs,
};

/** How many people may enter with one code; null: as many as come. */
export const invitationUses: Readonly<Record<InvitationKind, number | null>> = { poster: null, slip: 1, letter: 1 };

/** What each step of trust opens, in one table, shown on screen by the catalogue. */
export const trustOpens = {
  new: { read: true, ask: true, offer: true, helpWhereTrustIsNeeded: false, seeDoors: false },
  known: { read: true, ask: true, offer: true, helpWhereTrustIsNeeded: true, seeDoors: true },
  trusted: { read: true, ask: true, offer: true, helpWhereTrustIsNeeded: true, seeDoors: true },
} as const satisfies Record<Trust, Record<string, boolean>>;

/** The life of a session (reliability.md A7), in ms: residents 60 days sliding and 365 absolute. */
export const sessionLife = { slidingMs: 60 * dayMs, absoluteMs: 365 * dayMs } as const;

/** Whether a session made at `createdAt` is past its absolute life. Code: `session.required`. */
export const canStillServe = (session: { createdAt: Date }, now: Date): Verdict =>
  now.getTime() - session.createdAt.getTime() < sessionLife.absoluteMs ? allowed : refused('session.required');
