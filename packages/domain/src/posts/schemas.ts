import { z } from 'zod';
import { Email, Locale } from '../accounts/email.ts';
import { PageQuery } from '../paging/index.ts';
import { Category } from './categories.ts';

/** A request asks for help, an offer gives it; both are posts. */
export const PostKind = z.enum(['request', 'offer']);
export type PostKind = z.infer<typeof PostKind>;

/** Who may see a post, from the nearest to the widest. */
export const Audience = z.enum(['stair', 'residence', 'neighbourhood', 'commune']);
export type Audience = z.infer<typeof Audience>;

export const PostState = z.enum(['held', 'open', 'filled', 'done', 'withdrawn', 'expired', 'removed']);
export type PostState = z.infer<typeof PostState>;

export const WithdrawPostReason = z.enum(['solved', 'changed-mind', 'mistake', 'other']);
export const ExpiryReason = z.enum(['date-passed', 'no-answer', 'not-examined']);
export type ExpiryReason = z.infer<typeof ExpiryReason>;

/** The bounds of a post's words, in code points. */
export const limits = {
  titleMin: 3,
  titleMax: 120,
  detailsMax: 2000,
  helpersMax: 20,
  nameMax: 60,
  noteMax: 280,
} as const;

const codePoints = (text: string): number => [...text].length;

/** Text a person typed: trimmed, NFC, between `min` and `max` code points, without control characters but line breaks and tabs. */
export const TypedText = (min: number, max: number) =>
  z
    .string()
    .max(max * 4)
    .overwrite((text) => text.normalize('NFC').trim())
    .refine((text) => codePoints(text) >= min, { message: 'too short' })
    .refine((text) => codePoints(text) <= max, { message: 'too long' })
    .refine((text) => !/[^\P{Cc}\t\n\r]/u.test(text), { message: 'control characters' });

const earliest = Date.UTC(2020, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** An instant, ISO 8601 with an offset or `Z`, real and between 2020 and 2100. */
export const Instant = z
  .string()
  .max(40)
  .pipe(z.iso.datetime({ offset: true }))
  .refine((text) => Date.parse(text) >= earliest && Date.parse(text) < latest, { message: 'not a date we can use' });

/** An instant as we answer it: ISO 8601 with `Z`. */
export const InstantOut = z.iso.datetime();

/** When help is wanted: `from` before `to`. */
export const TimeWindow = z
  .strictObject({ from: Instant, to: Instant })
  .refine((w) => Date.parse(w.from) < Date.parse(w.to), {
    message: 'the end comes before the beginning',
    path: ['to'],
  });
export type TimeWindow = z.infer<typeof TimeWindow>;

export const RepeatEvery = z.enum(['week', 'two-weeks', 'month']);
export type RepeatEvery = z.infer<typeof RepeatEvery>;

/** A repeated ask: each date is its own post, until the given instant. */
export const Repeats = z.strictObject({ every: RepeatEvery, until: Instant });

/** A relative to be told by e-mail that someone said yes and that it is done, once they have said yes themselves; the person helped agreed that they are told. */
export const KeepInCopy = z.strictObject({ email: Email, agreed: z.literal(true), locale: Locale.optional() });
export type KeepInCopy = z.infer<typeof KeepInCopy>;

/**
 * Someone else of my residence for whom I ask, how they agreed and when (now unless told). The name is shown to the accepted helper alone. `livesHere` is false for someone of another
 * residence, for whom only a referent of theirs may ask.
 */
export const OnBehalfOf = z.strictObject({
  name: TypedText(1, limits.nameMax),
  consent: z.enum(['spoken', 'written']),
  agreedAt: Instant.optional(),
  livesHere: z.boolean().optional(),
  copy: KeepInCopy.optional(),
});

/** The body of `POST /api/posts`. */
export const CreatePost = z.strictObject({
  kind: PostKind,
  category: Category,
  title: TypedText(limits.titleMin, limits.titleMax),
  details: TypedText(0, limits.detailsMax).optional(),
  audience: Audience.optional(),
  helpersNeeded: z.int().min(1).max(limits.helpersMax).optional(),
  urgent: z.boolean().optional(),
  window: TimeWindow.optional(),
  repeats: Repeats.optional(),
  onBehalfOf: OnBehalfOf.optional(),
  hall: z.boolean().optional(),
  emergencySeen: z.boolean().optional(),
});
export type CreatePost = z.infer<typeof CreatePost>;

/** The body of `PATCH /api/posts/:postId`: what an author may change while nobody has said yes. */
export const EditPost = z.strictObject({
  title: TypedText(limits.titleMin, limits.titleMax).optional(),
  details: TypedText(0, limits.detailsMax).optional(),
  category: Category.optional(),
  audience: Audience.optional(),
  helpersNeeded: z.int().min(1).max(limits.helpersMax).optional(),
  urgent: z.boolean().optional(),
  window: TimeWindow.nullable().optional(),
  hall: z.boolean().optional(),
  emergencySeen: z.boolean().optional(),
});
export type EditPost = z.infer<typeof EditPost>;

/** The query of `GET /api/me/posts`: my own, living or ended, answered by someone or by nobody yet. */
export const ListOwnPosts = z.strictObject({
  live: z.enum(['true', 'false']).optional(),
  answered: z.enum(['true', 'false']).optional(),
  ...PageQuery.shape,
});

/** The body of `POST /api/posts/:postId/still-needed`. */
export const ConfirmNeed = z.strictObject({});

/** The body of `POST /api/posts/:postId/withdraw`. */
export const WithdrawPost = z.strictObject({ reason: WithdrawPostReason });

export const FeedSort = z.enum(['near', 'recent', 'soon', 'best']);
export type FeedSort = z.infer<typeof FeedSort>;

const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).min(1).max(16).optional(),
  );
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const wholeNumber = (max: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .refine((n) => n >= 1 && n <= max, { message: `between 1 and ${max}` });

/** The query of `GET /api/posts`. Without `within` (metres) the audience alone decides. `bbox` is west,south,east,north in degrees, over public cells' centres. */
export const ListPosts = z.strictObject({
  kind: PostKind.optional(),
  category: listOf(Category),
  within: wholeNumber(100_000).optional(),
  q: TypedText(0, 200).optional(),
  urgent: flag.optional(),
  audience: Audience.optional(),
  sort: FeedSort.default('near'),
  bbox: z
    .string()
    .max(120)
    .regex(/^-?\d{1,3}(\.\d{1,15})?(,-?\d{1,3}(\.\d{1,15})?){3}$/)
    .transform((text) => text.split(',').map(Number) as [number, number, number, number])
    .refine(
      ([w, s, e, n]) => Math.abs(w) <= 180 && Math.abs(e) <= 180 && Math.abs(s) <= 90 && Math.abs(n) <= 90 && s <= n,
      {
        message: 'west,south,east,north in degrees',
      },
    )
    .optional(),
  ...PageQuery.shape,
});
export type ListPosts = z.infer<typeof ListPosts>;

/** How near, as a person reads it: a relation inside one residence, else a band between public cells. */
export const Nearness = z.enum([
  'same-stair',
  'same-residence',
  'within-250',
  'within-500',
  'within-1000',
  'within-2000',
  'within-5000',
  'farther',
]);
export type Nearness = z.infer<typeof Nearness>;

/** What a feed or a frame shows of a post: never more than its viewer may know, never an exact place. */
export const PostCard = z.strictObject({
  id: z.uuid(),
  kind: PostKind,
  category: Category,
  title: z.string(),
  excerpt: z.string(),
  audience: Audience,
  state: PostState,
  helpersNeeded: z.int(),
  helpersTaken: z.int(),
  urgent: z.boolean(),
  window: z.strictObject({ from: InstantOut, to: InstantOut }).nullable(),
  onBehalf: z.boolean(),
  repeats: z.boolean(),
  author: z.strictObject({ id: z.uuid(), displayName: z.string() }),
  place: z.strictObject({ nearness: Nearness, cell: z.string(), commune: z.string() }),
  createdAt: InstantOut,
  updatedAt: InstantOut,
  expiresAt: InstantOut,
});
export type PostCard = z.infer<typeof PostCard>;

/** One post read by someone who may see it: the card, its whole text, and what concerns this reader alone. */
export const PostDetail = PostCard.extend({
  details: z.string(),
  mine: z.boolean(),
  hall: z.boolean().nullable(),
  seriesId: z.uuid().nullable(),
  endReason: z.string().nullable(),
  onBehalfName: z.string().nullable(),
  /** Whether the author is a neighbour without internet, for whom a referent writes. */
  viaReferent: z.boolean(),
  myFavour: z
    .strictObject({
      id: z.uuid(),
      state: z.enum(['standby', 'accepted', 'done', 'withdrawn', 'declined', 'no-show', 'released']),
    })
    .nullable(),
});
export type PostDetail = z.infer<typeof PostDetail>;
