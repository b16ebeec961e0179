import { z } from 'zod';
import { Email } from '../accounts/email.ts';
import { accountLimits, DisplayName, Language } from '../accounts/schemas.ts';
import { InstantOut, TypedText } from '../posts/schemas.ts';
import { WatchConsent, WatchReadAs, WatchReadingKind } from './entry.ts';
import { DayPart } from './rounds.ts';

/** The day of the wording of consent that is shown where people join; it is kept with each consent. */
export const watchConsentVersion = '2026-11-22';

/** How many people may be named to be called, at most. */
export const contactsMax = 2;

/** A telephone number as people write it: digits, spaces, dots, hyphens, brackets, a plus before. */
const Phone = TypedText(6, 24).refine((text) => /^\+?\d[\d .()-]{4,22}$/.test(text), { message: 'no number' });
const Contact = z.strictObject({ name: DisplayName, phone: Phone });

/** What it takes to look in on someone, and nothing on health: there is no room for more. */
const entry = {
  name: DisplayName,
  stairId: z.uuid().optional(),
  floor: z.int().min(accountLimits.floorMin).max(accountLimits.floorMax).optional(),
  door: TypedText(0, 20).default(''),
  topFloor: z.boolean().default(false),
  phone: Phone,
  part: DayPart,
  language: Language.default('fr'),
  contacts: z.array(Contact).max(contactsMax).default([]),
} as const;

/** The body of `POST /api/watch`: the person's own act, on a screen. */
export const JoinWatch = z.strictObject({ ...entry, consent: z.literal(true) });
export type JoinWatch = z.infer<typeof JoinWatch>;

/** The body of `PATCH /api/watch/me`: the whole entry again, as it should be. */
export const EditWatch = z.strictObject(entry);
export type EditWatch = z.infer<typeof EditWatch>;

/** The body of `POST /api/watch/slips`: what a signed slip says; its date and its signatory are kept, not its picture. `email`: of whoever already has an account in that residence. */
export const RecordSlip = z.strictObject({
  ...entry,
  residenceId: z.uuid(),
  signedOn: z.iso.date(),
  signatory: DisplayName,
  email: Email.optional(),
});
export type RecordSlip = z.infer<typeof RecordSlip>;

/** The body of `POST /api/territories/:territoryId/watch/readers`: who may be named a reader there, until the end of which day. */
export const GrantReader = z.strictObject({ email: Email, endsOn: z.iso.date() });
export type GrantReader = z.infer<typeof GrantReader>;

/** The body of `POST /api/watch/seats/:personId/readers`: a reader for one person, until the end of which day. */
export const NameReader = z.strictObject({ grantId: z.uuid(), endsOn: z.iso.date() });
export type NameReader = z.infer<typeof NameReader>;

/** The body of `POST /api/watch/readers/:namingId/announcement`: the paper was handed over, and what the person said. */
export const AnnounceReader = z.strictObject({ outcome: z.enum(['accepted', 'refused']) });
export type AnnounceReader = z.infer<typeof AnnounceReader>;

/** Where a naming stands: not announced yet (on paper), announced less than 48 hours ago, reading. */
export const ReaderState = z.enum(['waiting', 'announced', 'reading']);
export type ReaderState = z.infer<typeof ReaderState>;

/** A reader, as the person and the coordinator see them. */
export const ReaderLine = z.strictObject({
  id: z.uuid(),
  displayName: z.string(),
  state: ReaderState,
  effectiveAt: InstantOut.nullable(),
  endsAt: InstantOut,
});
export type ReaderLine = z.infer<typeof ReaderLine>;

const Place = z.strictObject({ id: z.uuid(), name: z.string() });

/** Somebody to call, as they are shown. */
export const WatchContact = z.strictObject({ name: z.string(), phone: z.string() });

/** An entry of the watch, whole: for the person, and their readers. `timeZone`: the clocks of their commune (IANA). */
export const WatchEntry = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  residence: Place,
  stair: Place.nullable(),
  floor: z.int().nullable(),
  door: z.string(),
  topFloor: z.boolean(),
  phone: z.string(),
  part: DayPart,
  language: Language,
  contacts: z.array(WatchContact),
  consent: WatchConsent,
  consentVersion: z.string(),
  consentedAt: InstantOut,
  lapsesAt: InstantOut,
  signedOn: z.string().nullable(),
  signatory: z.string().nullable(),
  timeZone: z.string(),
});
export type WatchEntry = z.infer<typeof WatchEntry>;

/** A reading, as the person sees it. */
export const ReadingLine = z.strictObject({
  id: z.uuid(),
  displayName: z.string(),
  as: WatchReadAs,
  what: WatchReadingKind,
  at: InstantOut,
});
export type ReadingLine = z.infer<typeof ReadingLine>;

/** `GET /api/watch/me`: what the watch holds of the caller. */
export const MyWatch = z.strictObject({
  entry: WatchEntry.nullable(),
  readers: z.array(ReaderLine),
  volunteer: z.strictObject({ id: z.uuid(), offeredAt: InstantOut, acceptedAt: InstantOut.nullable() }).nullable(),
});
export type MyWatch = z.infer<typeof MyWatch>;

/** A person in their reader's list: enough to know whom, no more. */
export const WatchedLine = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  residence: z.string(),
  stair: z.string().nullable(),
  endsAt: InstantOut,
});
export type WatchedLine = z.infer<typeof WatchedLine>;

/** What a reader who was handed a slip has still to hand over: who is named, for whom. */
export const AnnouncementLine = z.strictObject({
  personId: z.uuid(),
  name: z.string(),
  residence: z.string(),
  readers: z.array(ReaderLine),
});
export type AnnouncementLine = z.infer<typeof AnnouncementLine>;

/** `GET /api/watch/people`: whom the caller reads, and what they have to announce on paper. */
export const WatchedList = z.strictObject({
  items: z.array(WatchedLine),
  announcements: z.array(AnnouncementLine),
  residences: z.array(z.strictObject({ id: z.uuid(), name: z.string(), stairs: z.array(Place) })),
});
export type WatchedList = z.infer<typeof WatchedList>;

/** A seat of the watch, as a coordinator sees it: somebody, in a residence; never who. `missing`: how many readers more it takes. */
export const SeatLine = z.strictObject({
  id: z.uuid(),
  residence: z.string(),
  joinedAt: InstantOut,
  timeZone: z.string(),
  slipWith: z.string().nullable(),
  missing: z.int(),
  readers: z.array(ReaderLine),
});
export type SeatLine = z.infer<typeof SeatLine>;

export const GrantLine = z.strictObject({ id: z.uuid(), displayName: z.string(), endsAt: InstantOut });
export type GrantLine = z.infer<typeof GrantLine>;

export const VolunteerLine = z.strictObject({
  id: z.uuid(),
  displayName: z.string(),
  residence: z.string(),
  offeredAt: InstantOut,
  acceptedAt: InstantOut.nullable(),
});
export type VolunteerLine = z.infer<typeof VolunteerLine>;

/** `GET /api/territories/:territoryId/watch`: the coordinator's page. */
export const TerritoryWatch = z.strictObject({
  seats: z.array(SeatLine),
  grants: z.array(GrantLine),
  volunteers: z.array(VolunteerLine),
});
export type TerritoryWatch = z.infer<typeof TerritoryWatch>;
