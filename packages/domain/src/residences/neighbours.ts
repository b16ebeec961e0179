import { z } from 'zod';
import { InvitationKind } from '../accounts/invitations.ts';
import { Trust, TrustSource } from '../accounts/roles.ts';
import { PageQuery } from '../paging/index.ts';
import { InstantOut, TypedText } from '../posts/schemas.ts';

/** How someone without internet said yes to being helped through a referent. */
export const Consent = z.enum(['spoken', 'written']);
export type Consent = z.infer<typeof Consent>;

/** The body of `POST /api/residences/:residenceId/residents`: the newcomer whom the referent met, and approves. */
export const ApproveResident = z.strictObject({ residentId: z.uuid() });

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
  joinedAt: InstantOut,
});
export type NeighbourLine = z.infer<typeof NeighbourLine>;

/** A page of a residence's residents, the latest first. */
export const ListNeighbours = PageQuery;

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
