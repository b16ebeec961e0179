import { z } from 'zod';
import { InvitationKind } from '../accounts/invitations.ts';
import { Trust, TrustSource } from '../accounts/roles.ts';
import { accountLimits, DisplayName } from '../accounts/schemas.ts';
import { InstantOut, TypedText } from '../posts/schemas.ts';

/** How someone without internet said yes to being helped through a referent. */
export const Consent = z.enum(['spoken', 'written']);
export type Consent = z.infer<typeof Consent>;

/** The body of `POST /api/residences/:residenceId/residents`: a neighbour without internet, an adult, who said yes. */
export const AddNeighbour = z.strictObject({
  displayName: DisplayName,
  adult: z.literal(true),
  consent: Consent,
  stairId: z.uuid().optional(),
  floor: z.int().min(accountLimits.floorMin).max(accountLimits.floorMax).optional(),
});
export type AddNeighbour = z.infer<typeof AddNeighbour>;

/** A resident as their referent reads them: no address, no message, no door. `isOnline` is false for whoever has no account. */
export const NeighbourLine = z.strictObject({
  id: z.uuid(),
  displayName: z.string(),
  stair: z.string().nullable(),
  trust: Trust,
  trustFrom: TrustSource,
  enteredBy: InvitationKind.nullable(),
  vouches: z.int(),
  isOnline: z.boolean(),
  consent: Consent.nullable(),
  joinedAt: InstantOut,
});
export type NeighbourLine = z.infer<typeof NeighbourLine>;

/** Why a referent takes their word back: it is said to the resident. */
export const DoubtReason = z.enum(['mistake', 'lives-elsewhere', 'asked-by-resident', 'other']);
export type DoubtReason = z.infer<typeof DoubtReason>;

/** The body of `POST /api/residents/:residentId/doubt`. */
export const DoubtResident = z.strictObject({ reason: DoubtReason });

/** The body of `POST /api/residences/:residenceId/notices`: a short word for the hall and the residents, shown for `days` (14). */
export const WriteNotice = z.strictObject({ text: TypedText(3, 280), days: z.int().min(1).max(60).default(14) });
export type WriteNotice = z.infer<typeof WriteNotice>;

/** A short notice of the residence's board. */
export const NoticeView = z.strictObject({
  id: z.uuid(),
  text: z.string(),
  writtenBy: z.string(),
  createdAt: InstantOut,
  endsAt: InstantOut,
});
export type NoticeView = z.infer<typeof NoticeView>;
