import { z } from 'zod';
import { Trust } from '../accounts/roles.ts';
import { accountLimits, DisplayName } from '../accounts/schemas.ts';
import { Category } from '../posts/categories.ts';
import { InstantOut, PostKind } from '../posts/schemas.ts';
import { Consent } from '../residences/neighbours.ts';

/** How long a referent may act for a neighbour before asking them again, in minutes. */
export const actingMinutes = 30;

/** The body of `POST /api/residences/:residenceId/offline-residents`: a neighbour without internet, written down with their consent. */
export const WelcomeOffline = z.strictObject({
  displayName: DisplayName,
  consent: Consent,
  adult: z.literal(true),
  stairId: z.uuid().optional(),
  floor: z.int().min(accountLimits.floorMin).max(accountLimits.floorMax).optional(),
});
export type WelcomeOffline = z.infer<typeof WelcomeOffline>;

/** A neighbour without internet, as the referents of their residence read them. */
export const OfflineResident = z.strictObject({
  id: z.uuid(),
  displayName: z.string(),
  stair: z.string().nullable(),
  floor: z.int().nullable(),
  consent: Consent,
  consentedAt: InstantOut,
});
export type OfflineResident = z.infer<typeof OfflineResident>;

/** The body of `POST /api/offline-residents/:residentId/acting-sessions`: how the neighbour agreed this time. */
export const OpenActing = z.strictObject({ consent: Consent });

/** Half an hour in a neighbour's name, with what the pages need to be theirs; `secondsLeft` is by the database's clock. */
export const ActingSession = z.strictObject({
  id: z.uuid(),
  openedAt: InstantOut,
  expiresAt: InstantOut,
  secondsLeft: z.int(),
  resident: z.strictObject({
    id: z.uuid(),
    displayName: z.string(),
    trust: Trust,
    cell: z.string(),
    residence: z.strictObject({ id: z.uuid(), name: z.string(), commune: z.string() }),
    stair: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  }),
});
export type ActingSession = z.infer<typeof ActingSession>;

/** What was done in a neighbour's name: each act, when, by whom, about what. `action` is the log's own code. */
export const ActingSheet = z.strictObject({
  resident: OfflineResident,
  residence: z.strictObject({ id: z.uuid(), name: z.string() }),
  welcomedBy: z.string(),
  sessions: z.array(
    z.strictObject({
      id: z.uuid(),
      by: z.string(),
      consent: Consent,
      openedAt: InstantOut,
      endedAt: InstantOut.nullable(),
    }),
  ),
  acts: z.array(
    z.strictObject({
      at: InstantOut,
      by: z.string(),
      action: z.string(),
      reason: z.string().nullable(),
      title: z.string().nullable(),
      other: z.string().nullable(),
    }),
  ),
});
export type ActingSheet = z.infer<typeof ActingSheet>;

/** A post as the hall shows it: no name, no place, no link to its author; `window` only when it says no more than one day. */
export const HallPost = z.strictObject({
  kind: PostKind,
  category: Category,
  title: z.string(),
  urgent: z.boolean(),
  helpersMissing: z.int(),
  window: z.strictObject({ from: InstantOut, to: InstantOut }).nullable(),
});
export type HallPost = z.infer<typeof HallPost>;

/** What `GET /api/hall/:token` answers: what the lobby's screen shows now, and the zone its hours are in. */
export const HallScreenView = z.strictObject({ now: InstantOut, timeZone: z.string(), posts: z.array(HallPost) });
export type HallScreenView = z.infer<typeof HallScreenView>;

/** What `GET /api/residences/:residenceId/board` answers: the week's posts, each with the number that a neighbour tears off and tells, and the page it leads to. */
export const WeekBoard = z.strictObject({
  residence: z.strictObject({ id: z.uuid(), name: z.string() }),
  printedAt: InstantOut,
  timeZone: z.string(),
  posts: z.array(HallPost.extend({ postId: z.uuid(), number: z.string(), url: z.string() })),
});
export type WeekBoard = z.infer<typeof WeekBoard>;

/** The body of `POST /api/residences/:residenceId/board`, which may be left out: the paper's language, the caller's by default. */
export const PrintBoard = z.strictObject({ locale: z.enum(['fr', 'en']).optional() });

/** A lobby's screen, as the referents of its residence read it: never its address, which is shown once. */
export const HallScreen = z.strictObject({ id: z.uuid(), createdAt: InstantOut, seenAt: InstantOut.nullable() });
export type HallScreen = z.infer<typeof HallScreen>;

/** The body of `POST /api/copies/confirm`: the link that a relative received, by which they say that they wish to be told. */
export const ConfirmCopy = z.strictObject({ link: z.string().min(20).max(200) });
