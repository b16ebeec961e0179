import type { Before, CaseHold } from '@palier/domain/moderation';
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts, residents } from './accounts.ts';
import { id, instant } from './columns.ts';
import {
  caseKindEnum,
  caseStateEnum,
  caseSubjectEnum,
  decisionKindEnum,
  decisionReasonEnum,
  reportReasonEnum,
} from './enums.ts';
import { residences } from './places.ts';
import { posts } from './posts.ts';

/** What a referent examines: one open case at most for one thing, and one for somebody's arrival. `about_id` is whoever wrote it, or whom it is about; `taken_by` looks at it until `taken_until`, as a courtesy. */
export const cases = pgTable(
  'cases',
  {
    id: id(),
    kind: caseKindEnum('kind').notNull(),
    state: caseStateEnum('state').notNull().default('open'),
    subject: caseSubjectEnum('subject').notNull(),
    subjectId: uuid('subject_id').notNull(),
    postId: uuid('post_id').references(() => posts.id, { onDelete: 'cascade' }),
    aboutId: uuid('about_id')
      .notNull()
      .references(() => residents.id),
    residenceId: uuid('residence_id')
      .notNull()
      .references(() => residences.id),
    commune: text('commune').notNull(),
    holds: text('holds').array().$type<CaseHold[]>().notNull().default(sql`'{}'`),
    takenBy: uuid('taken_by').references(() => accounts.id),
    takenUntil: instant('taken_until'),
    remindedAt: instant('reminded_at'),
    escalatedAt: instant('escalated_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('cases_open').on(t.subject, t.subjectId, sql`(kind = 'arrival')`).where(sql`state = 'open'`),
    index('cases_residence').on(t.residenceId, t.state, t.createdAt),
    index('cases_about').on(t.aboutId),
    index('cases_post').on(t.postId),
    index('cases_waiting').on(t.state, t.updatedAt).where(sql`state <> 'closed'`),
  ],
);

/** A neighbour's flag on something: one a person and thing, whatever they press. */
export const reports = pgTable(
  'reports',
  {
    id: id(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    subject: caseSubjectEnum('subject').notNull(),
    subjectId: uuid('subject_id').notNull(),
    reporterId: uuid('reporter_id')
      .notNull()
      .references(() => residents.id),
    reason: reportReasonEnum('reason').notNull(),
    text: text('text').notNull().default(''),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('reports_once').on(t.subject, t.subjectId, t.reporterId),
    index('reports_case').on(t.caseId),
    index('reports_reporter').on(t.reporterId, t.createdAt),
  ],
);

/** A ruling with its reason. `decided_by` is null when nobody came and the clock ruled. */
export const decisions = pgTable(
  'decisions',
  {
    id: id(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id, { onDelete: 'cascade' }),
    kind: decisionKindEnum('kind').notNull(),
    reason: decisionReasonEnum('reason').notNull(),
    text: text('text').notNull(),
    days: integer('days'),
    dataProtection: text('data_protection'),
    decidedBy: uuid('decided_by').references(() => accounts.id),
    decidedAs: text('decided_as').$type<'referent' | 'coordinator' | 'system'>().notNull(),
    before: jsonb('before').$type<Before>().notNull().default({ posts: [] }),
    createdAt: instant('created_at').notNull(),
    reversedAt: instant('reversed_at'),
  },
  (t) => [
    index('decisions_case').on(t.caseId, t.createdAt),
    check('decisions_days', sql`(${t.kind} = 'pause') = (${t.days} is not null) and ${t.days} between 1 and 30`),
    check('decisions_protection', sql`(${t.kind} = 'exclude') = (${t.dataProtection} is not null)`),
  ],
);

/** The author's one answer to a decision, and what became of it. */
export const appeals = pgTable(
  'appeals',
  {
    decisionId: uuid('decision_id')
      .primaryKey()
      .references(() => decisions.id, { onDelete: 'cascade' }),
    text: text('text').notNull(),
    createdAt: instant('created_at').notNull(),
    outcome: text('outcome').$type<'upheld' | 'reversed'>(),
    answer: text('answer'),
    decidedBy: uuid('decided_by').references(() => accounts.id),
    decidedAt: instant('decided_at'),
  },
  (t) => [check('appeals_outcome', sql`${t.outcome} in ('upheld', 'reversed')`)],
);

/** Who declared themselves family of a resident, and so never judges them. */
export const kin = pgTable(
  'kin',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => residents.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.residentId] }), index('kin_resident').on(t.residentId)],
);
