import { z } from 'zod';
import { allowed, refused, type Verdict } from '../errors.ts';
import { InstantOut } from '../posts/schemas.ts';
import type { Trust } from './roles.ts';
import { trustOpens } from './trust-steps.ts';

const dayMs = 86_400_000;

/** The codes that open a residence: a hall poster, a personal slip, a letter, a verified neighbour's invitation. */
export const InvitationKind = z.enum(['poster', 'slip', 'letter', 'neighbour']);
export type InvitationKind = z.infer<typeof InvitationKind>;

/** The trust each way in gives from the first day. A neighbour's invitation counts as their vouch, and one vouch is not two (product.md, Trust in steps). */
export const trustOfInvitation: Readonly<Record<InvitationKind, Trust>> = {
  poster: 'new',
  slip: 'known',
  letter: 'known',
  neighbour: 'new',
};

/** How long a code opens its residence, in ms (reliability.md A5): posters 90 days, what is personal 14. */
export const invitationLifeMs: Readonly<Record<InvitationKind, number>> = {
  poster: 90 * dayMs,
  slip: 14 * dayMs,
  letter: 14 * dayMs,
  neighbour: 14 * dayMs,
};

/** How many people may enter with one code; null: as many as come. */
export const invitationUses: Readonly<Record<InvitationKind, number | null>> = {
  poster: null,
  slip: 1,
  letter: 1,
  neighbour: 1,
};

/** A neighbour's invitations: ten a day, none in their first three days (issue 5, Ways in). */
export const neighbourInvitations = { perDayMax: 10, daysBefore: 3 } as const;

/**
 * Whether a resident may invite a neighbour. `today`: how many they made in the last 24 h; `hasLimits` is false where limits on how many are lifted.
 * Codes: `trust.required` (not yet verified), `invitation.early`, `rate.invitations`.
 */
export const canInvite = (
  resident: { trust: Trust; joinedAt: Date },
  today: number,
  hasLimits: boolean,
  now: Date,
): Verdict => {
  if (!trustOpens[resident.trust].invite) return refused('trust.required');
  if (now.getTime() - resident.joinedAt.getTime() < neighbourInvitations.daysBefore * dayMs)
    return refused('invitation.early');
  return hasLimits && today >= neighbourInvitations.perDayMax ? refused('rate.invitations') : allowed;
};

/** The body of `POST /api/residences/:residenceId/invitations`: `count` codes of one kind, one poster or up to eight personal ones (a sheet). */
export const CreateInvitations = z
  .strictObject({ kind: InvitationKind.exclude(['neighbour']), count: z.int().min(1).max(8).default(1) })
  .refine(({ kind, count }) => kind !== 'poster' || count === 1, { path: ['count'], message: 'one poster at a time' });
export type CreateInvitations = z.infer<typeof CreateInvitations>;

/** A code as its maker sees it later: never the secret. `begins` is its look-up id, printed first on the paper. */
export const InvitationLine = z.strictObject({
  id: z.uuid(),
  kind: InvitationKind,
  begins: z.string(),
  state: z.enum(['open', 'used', 'expired', 'revoked']),
  createdAt: InstantOut,
  expiresAt: InstantOut,
});
export type InvitationLine = z.infer<typeof InvitationLine>;

/** A code just made: shown this once, and kept nowhere. `link` is what the QR code holds. */
export const MadeInvitation = z.strictObject({
  id: z.uuid(),
  kind: InvitationKind,
  code: z.string(),
  link: z.string(),
  /** The same link as a QR code: modules a side, and the dark ones as an SVG path. */
  qr: z.strictObject({ size: z.int(), path: z.string() }),
  expiresAt: InstantOut,
});
export type MadeInvitation = z.infer<typeof MadeInvitation>;

/** What became of a code, from its row. */
export const invitationState = (
  row: { usesLeft: number | null; expiresAt: Date; revokedAt: Date | null },
  now: Date,
): InvitationLine['state'] => {
  if (row.revokedAt) return 'revoked';
  if (row.usesLeft === 0) return 'used';
  return row.expiresAt <= now ? 'expired' : 'open';
};
