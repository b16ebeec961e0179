import { z } from 'zod';
import { EditNoticeChoices, NoticeChoices } from '../notifications/choices.ts';
import { Category } from '../posts/categories.ts';
import { InstantOut, TypedText } from '../posts/schemas.ts';
import { CharterView } from '../residences/charter.ts';
import { Email, Locale } from './email.ts';
import { RoleGrant, Trust } from './roles.ts';
import { Slot } from './slot.ts';

/** Languages a resident may say they speak, as BCP 47 subtags; French sign language is `fsl`. */
export const Language = z.enum([
  'fr',
  'en',
  'ar',
  'pt',
  'es',
  'it',
  'de',
  'nl',
  'pl',
  'ro',
  'ru',
  'uk',
  'tr',
  'sq',
  'sr',
  'bg',
  'hy',
  'ka',
  'fa',
  'ps',
  'ur',
  'hi',
  'bn',
  'ta',
  'zh',
  'vi',
  'km',
  'ja',
  'ko',
  'kab',
  'ku',
  'so',
  'ti',
  'am',
  'wo',
  'ff',
  'bm',
  'ln',
  'sw',
  'mg',
  'ht',
  'gcf',
  'rcf',
  'br',
  'oc',
  'co',
  'eu',
  'ca',
  'gsw',
  'fsl',
]);
export type Language = z.infer<typeof Language>;

/** The bounds of an account's fields: names in code points, passwords in characters, distances in metres. */
export const accountLimits = {
  nameMax: 60,
  passwordMin: 10,
  passwordMax: 200,
  radiusMinM: 250,
  radiusMaxM: 5000,
  floorMin: -3,
  floorMax: 60,
  asksPerDayMax: 10,
  languagesMax: 8,
} as const;

/** A new password: at least 10 characters, no rule of composition (privacy.md, Accounts); the list of common ones is asked by the use case. */
export const NewPassword = z.string().min(accountLimits.passwordMin).max(accountLimits.passwordMax);

export const DisplayName = TypedText(1, accountLimits.nameMax);

/** The body of `POST /api/residents`: entering a residence with its code. */
export const CreateResident = z.strictObject({
  code: z.string().min(1).max(64),
  displayName: DisplayName,
  email: Email,
  password: NewPassword,
  adult: z.literal(true),
  locale: Locale.optional(),
  stairId: z.uuid().optional(),
  floor: z.int().min(accountLimits.floorMin).max(accountLimits.floorMax).optional(),
  /** The version of the residence's charter that was read and signed at entering; without it, it is asked for later. */
  charterVersion: z.int().min(1).max(10_000).optional(),
});
export type CreateResident = z.infer<typeof CreateResident>;

/** The body of `POST /api/session`. */
export const SignIn = z.strictObject({
  email: z.string().min(1).max(254),
  password: z.string().min(1).max(accountLimits.passwordMax),
});

/** The body of `PATCH /api/me`. Accounts that are not residents may change their name and locale only. */
export const EditMe = z.strictObject({
  displayName: DisplayName.optional(),
  locale: Locale.optional(),
  skills: z.array(Category).max(16).optional(),
  availability: z.array(Slot).max(6).optional(),
  radiusM: z.int().min(accountLimits.radiusMinM).max(accountLimits.radiusMaxM).optional(),
  largeText: z.boolean().optional(),
  languages: z.array(Language).max(accountLimits.languagesMax).optional(),
  asksPerDay: z.int().min(0).max(accountLimits.asksPerDayMax).optional(),
  urgentAtNight: z.boolean().optional(),
  notices: EditNoticeChoices.optional(),
});
export type EditMe = z.infer<typeof EditMe>;

/** The body of `POST /api/email/confirmation`: the secret that the mail's link carries. */
export const ConfirmEmail = z.strictObject({ token: z.string().min(20).max(100) });

/** The body of `POST /api/password/reset`: the address whose password was forgotten. */
export const AskReset = z.strictObject({ email: z.string().min(1).max(254) });

/** The body of `POST /api/password/reset/confirm`: the secret that the mail's link carries, and the new password. */
export const ChoosePassword = z.strictObject({ token: z.string().min(20).max(100), password: NewPassword });

/** The body of `DELETE /api/me`, and of every change that asks who is there again. */
export const WithPassword = z.strictObject({ password: z.string().min(1).max(accountLimits.passwordMax) });

export const ResidenceView = z.strictObject({ id: z.uuid(), name: z.string(), commune: z.string() });

/** What `GET /api/invitations/:code` says of the residence that a code opens; the stairs are there to be chosen. */
export const InvitationView = z.strictObject({
  residence: ResidenceView.extend({ communeName: z.string() }),
  stairs: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
  charter: CharterView,
});

/** A resident as they read themselves. */
export const ResidentView = z.strictObject({
  id: z.uuid(),
  displayName: z.string(),
  trust: Trust,
  residence: ResidenceView,
  stair: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  floor: z.int().nullable(),
  skills: z.array(Category),
  availability: z.array(Slot),
  radiusM: z.int(),
  languages: z.array(Language),
  asksPerDay: z.int(),
  urgentAtNight: z.boolean(),
  cell: z.string(),
  joinedAt: InstantOut,
});
export type ResidentView = z.infer<typeof ResidentView>;

/** Who I am: the body of `GET /api/me`. */
export const Me = z.strictObject({
  account: z.strictObject({
    id: z.uuid(),
    email: z.string(),
    emailConfirmed: z.boolean(),
    emailFailed: z.boolean(),
    displayName: z.string(),
    locale: Locale,
    largeText: z.boolean(),
    eraseAt: InstantOut.nullable(),
  }),
  roles: z.array(RoleGrant),
  resident: ResidentView.nullable(),
  residence: ResidenceView.nullable(),
  notices: NoticeChoices,
  unread: z.strictObject({ notifications: z.int(), messages: z.int(), cases: z.int() }),
  /** Whether campaigns may run, and the town may have written this week, where I live: false is certain, so that nobody need ask. */
  atHome: z.strictObject({ campaigns: z.boolean(), townMessages: z.boolean() }),
});
export type Me = z.infer<typeof Me>;

/** How the file of `GET /api/me/export` begins; then one list a table that holds rows of mine, by the table's name, as the data map of the database has them. */
export const ExportHead = z.looseObject({ format: z.literal('palier.export.v1'), exportedAt: InstantOut });

/** One of my sessions, as its owner reads it: the family of the browser, never an address nor a whole name. */
export const SessionView = z.strictObject({
  id: z.uuid(),
  agent: z.string(),
  createdAt: InstantOut,
  lastUsedAt: InstantOut,
  isThis: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;
