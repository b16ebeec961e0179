import { z } from 'zod';
import { InstantOut } from '../posts/schemas.ts';
import { CharterView } from './charter.ts';
import { ResidenceMode } from './modes.ts';
import { NoticeView } from './neighbours.ts';

/** A residence in a referent's or coordinator's list. `waiting`: the cases that wait for a ruling, but the reader's own; `oldestWaitingAt`: since when the first of them does. */
export const ResidenceLine = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  commune: z.string(),
  communeName: z.string(),
  homes: z.int(),
  mode: ResidenceMode,
  cell: z.string(),
  residents: z.int(),
  newcomers: z.int(),
  waiting: z.int(),
  oldestWaitingAt: InstantOut.nullable(),
  referents: z.int(),
});
export type ResidenceLine = z.infer<typeof ResidenceLine>;

/** Someone who looks after a residence; `grantId` is what a coordinator retires, null where the reader may not. */
export const ReferentLine = z.strictObject({ grantId: z.uuid(), displayName: z.string(), since: InstantOut });

/** A residence as whoever looks after it reads it. */
export const ResidenceDesk = z.strictObject({
  residence: ResidenceLine,
  stairs: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  referents: z.array(ReferentLine),
  charter: CharterView,
  notices: z.array(NoticeView),
  mayNameReferents: z.boolean(),
});
export type ResidenceDesk = z.infer<typeof ResidenceDesk>;

/** My own residence, as one of its residents reads it: who looks after it, its charter, its board. */
export const MyResidence = z.strictObject({
  referents: z.array(z.string()),
  charter: CharterView,
  signedVersion: z.int().nullable(),
  notices: z.array(NoticeView),
  movesLeft: z.int(),
});
export type MyResidence = z.infer<typeof MyResidence>;

/** The body of `PATCH /api/residences/:residenceId`. */
export const EditResidence = z.strictObject({ mode: ResidenceMode });

/** The body of `POST /api/residences/:residenceId/prints`: codes just made, put on paper again while they are on screen; `names` say for whom each is, in their order. Nothing is written. */
export const PrintInvitations = z.strictObject({
  kind: z.enum(['poster', 'slip', 'letter']),
  codes: z.array(z.string().min(16).max(24)).min(1).max(8),
  locale: z.enum(['fr', 'en']),
  names: z.array(z.string().max(60)).max(8).optional(),
});
export type PrintInvitations = z.infer<typeof PrintInvitations>;
