import { z } from 'zod';
import { InvitationKind } from '../accounts/invitations.ts';
import { PageQuery } from '../paging/index.ts';
import { Category } from '../posts/categories.ts';
import { InstantOut, PostKind, PostState, TypedText } from '../posts/schemas.ts';
import { auditActions } from './audit-actions.ts';

/** What may be reported and judged: a post, a message, or somebody. */
export const CaseSubject = z.enum(['post', 'message', 'resident']);
export type CaseSubject = z.infer<typeof CaseSubject>;

/** Why a neighbour flags something. */
export const ReportReason = z.enum([
  'insult',
  'discrimination',
  'harassment',
  'payment',
  'scam',
  'private',
  'danger',
  'other',
]);
export type ReportReason = z.infer<typeof ReportReason>;

/** How a case came: a post that waits, one that screening points at though it is shown, neighbours' reports, somebody new. */
export const CaseKind = z.enum(['held', 'flagged', 'report', 'arrival']);
export type CaseKind = z.infer<typeof CaseKind>;

export const CaseState = z.enum(['open', 'decided', 'appealed', 'closed']);
export type CaseState = z.infer<typeof CaseState>;

/** What a referent may rule; `reverse` and `uphold` answer an earlier decision, the last with an appeal alone. */
export const DecisionKind = z.enum([
  'allow',
  'ask-edit',
  'hide',
  'remove',
  'warn',
  'pause',
  'exclude',
  'reverse',
  'uphold',
]);
export type DecisionKind = z.infer<typeof DecisionKind>;

/** The rule that a decision rests on, each with its sentence in the conditions; `in-order` breaks none, `not-ours` says that somebody does not live here, `not-examined` that nobody came. */
export const DecisionReason = z.enum([
  'in-order',
  ...ReportReason.options.filter((reason) => reason !== 'other'),
  'advert',
  'repeated',
  'not-ours',
  'not-examined',
  'other',
]);
export type DecisionReason = z.infer<typeof DecisionReason>;

/** The bounds of what is written here, in code points, and of a pause, in days. */
export const moderationLimits = {
  reportMax: 500,
  sentenceMin: 3,
  sentenceMax: 500,
  protectionMin: 20,
  protectionMax: 1000,
  appealMin: 3,
  appealMax: 1000,
  pauseMaxDays: 30,
} as const;

/** The body of `POST /api/reports`. */
export const CreateReport = z.strictObject({
  subject: CaseSubject,
  subjectId: z.uuid(),
  reason: ReportReason,
  text: TypedText(0, moderationLimits.reportMax).optional(),
});
export type CreateReport = z.infer<typeof CreateReport>;

/** What whoever reports is told back: their report was taken, and nothing of anybody else's. */
export const ReportView = z.strictObject({
  id: z.uuid(),
  subject: CaseSubject,
  subjectId: z.uuid(),
  reason: ReportReason,
  createdAt: InstantOut,
});
export type ReportView = z.infer<typeof ReportView>;

/** The body of `POST /api/moderation/cases/:caseId/decisions`: what is ruled, by which rule, in a sentence its author reads. A pause has its days, an exclusion its data-protection justification. */
export const DecideCase = z.strictObject({
  kind: DecisionKind,
  reason: DecisionReason,
  text: TypedText(moderationLimits.sentenceMin, moderationLimits.sentenceMax),
  days: z.int().min(1).max(moderationLimits.pauseMaxDays).optional(),
  dataProtection: TypedText(moderationLimits.protectionMin, moderationLimits.protectionMax).optional(),
});
export type DecideCase = z.infer<typeof DecideCase>;

/** The body of `POST /api/decisions/:decisionId/appeal`. */
export const AppealDecision = z.strictObject({
  text: TypedText(moderationLimits.appealMin, moderationLimits.appealMax),
});

/** What things were before a decision, so that taking it back restores them exactly. */
export type Before = {
  posts: { id: string; state: string; endReason: string | null }[];
  pausedUntil?: string | null;
  excludedAt?: string | null;
  favours?: { id: string; postId: string }[];
  /** Once it is taken back: how many promises stand again, and how many could not, since somebody else had come or the date was past. */
  promises?: { back: number; gone: number };
};

/** What makes several reports look like one: how many in all, at most how many of one stair, within one hour, and of accounts under seven days. */
export const ReportSignals = z.strictObject({
  reporters: z.int(),
  homes: z.int(),
  sameStair: z.int(),
  sameHour: z.int(),
  newAccounts: z.int(),
  isCoordinated: z.boolean(),
});
export type ReportSignals = z.infer<typeof ReportSignals>;

/** What made a post wait, or be pointed at. */
export const CaseHold = z.enum(['mode', 'link', 'insult', 'sensitive', 'repeat', 'burst', 'unscreened', 'edited']);
export type CaseHold = z.infer<typeof CaseHold>;

/** A case as the queue shows it. `heldBy`: the first name of whoever looks at it now, if that is somebody else. */
export const CaseCard = z.strictObject({
  id: z.uuid(),
  kind: CaseKind,
  state: CaseState,
  subject: CaseSubject,
  title: z.string(),
  post: z.strictObject({ id: z.uuid(), kind: PostKind, category: Category, state: PostState }).nullable(),
  about: z.strictObject({ id: z.uuid(), displayName: z.string(), trust: z.string() }),
  residence: z.strictObject({ id: z.uuid(), name: z.string() }),
  holds: z.array(CaseHold),
  reasons: z.array(ReportReason),
  signals: ReportSignals.nullable(),
  isEscalated: z.boolean(),
  isStarving: z.boolean(),
  heldBy: z.string().nullable(),
  createdAt: InstantOut,
});
export type CaseCard = z.infer<typeof CaseCard>;

/** A decision as its author and the desk read it: what, why, which rule, until when one may appeal. */
export const DecisionView = z.strictObject({
  id: z.uuid(),
  caseId: z.uuid(),
  kind: DecisionKind,
  reason: DecisionReason,
  text: z.string(),
  days: z.int().nullable(),
  dataProtection: z.string().nullable(),
  by: z.enum(['referent', 'coordinator', 'system']),
  subject: CaseSubject,
  title: z.string(),
  postId: z.uuid().nullable(),
  residence: z.string(),
  decidedAt: InstantOut,
  reversedAt: InstantOut.nullable(),
  appealUntil: InstantOut.nullable(),
  promises: z.strictObject({ back: z.int(), gone: z.int() }).nullable(),
  appeal: z
    .strictObject({
      text: z.string(),
      lodgedAt: InstantOut,
      outcome: z.enum(['waiting', 'upheld', 'reversed']),
      answer: z.string().nullable(),
    })
    .nullable(),
});
export type DecisionView = z.infer<typeof DecisionView>;

/** One case, whole: the words in question, what reporters wrote, what was decided, what may be decided now by this reader. A message comes with three around it, no more; somebody new with how they came. */
export const CaseDetail = CaseCard.extend({
  words: z.string(),
  around: z.array(
    z.strictObject({ isReported: z.boolean(), isAuthor: z.boolean(), text: z.string(), sentAt: InstantOut }),
  ),
  remarks: z.array(z.strictObject({ reason: ReportReason, text: z.string(), createdAt: InstantOut })),
  decisions: z.array(DecisionView),
  mayDecide: z.array(DecisionKind),
  newcomer: z
    .strictObject({ stair: z.string().nullable(), enteredBy: InvitationKind.nullable(), vouches: z.int() })
    .nullable(),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

/** The query of `GET /api/moderation/cases`: what waits (open and appealed, the default) or what was decided. */
export const ListCases = z.strictObject({
  state: z.enum(['waiting', 'decided']).default('waiting'),
  ...PageQuery.shape,
});
export type ListCases = z.infer<typeof ListCases>;

/** The query of `GET /api/audit`. `q` is looked for in reasons and names of whoever acted; acts whose code is in `action` (repeatable) are found besides, so that a page can search by its own words. */
export const ListAudit = z.strictObject({
  residenceId: z.uuid().optional(),
  subjectId: z.uuid().optional(),
  q: TypedText(0, 60).optional(),
  action: z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(z.enum(auditActions)).max(auditActions.length).optional(),
  ),
  ...PageQuery.shape,
});
export type ListAudit = z.infer<typeof ListAudit>;

/** One act of the log with its place in the chain; `about` is the first name of whom it concerns; `isWhole`: its row and its link are what was chained. `link` is null until the sequencer has chained it. */
export const AuditItem = z.strictObject({
  id: z.uuid(),
  at: InstantOut,
  actorRole: z.string(),
  actor: z.string().nullable(),
  action: z.string(),
  about: z.string().nullable(),
  subject: z.string(),
  subjectId: z.uuid().nullable(),
  residence: z.string().nullable(),
  reason: z.string().nullable(),
  link: z.strictObject({ seq: z.int(), rowHash: z.string(), prevHash: z.string(), hash: z.string() }).nullable(),
  isWhole: z.boolean(),
});
export type AuditItem = z.infer<typeof AuditItem>;
