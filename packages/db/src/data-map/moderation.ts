import { sql } from 'drizzle-orm';
import * as schema from '../schema/index.ts';
import { declare, type Entry, is } from './declare.ts';

const { cases, reports, decisions, appeals, kin } = schema;

/** What keeps the peace: cases 12 months after they ended (privacy.md, Accounts), with what was decided and why. */
export const moderationEntries: readonly Entry[] = [
  declare(appeals, {
    holds: 'an author’s one answer to a decision',
    kept: 'with its case',
    mine: (me) =>
      sql`${appeals.decisionId} in (select d.id from decisions d join cases c on c.id = d.case_id where c.about_id = ${me.residentId}::uuid)`,
    plain: ['decisionId', 'createdAt', 'outcome', 'decidedBy', 'decidedAt'],
    personal: { text: 'being heard once', answer: 'being answered' },
    stays: { text: 'its case, 12 months', answer: 'its case, 12 months' },
  }),
  declare(decisions, {
    holds: 'what was decided of a case, and why',
    kept: 'with its case',
    mine: (me) => sql`${decisions.caseId} in (select c.id from cases c where c.about_id = ${me.residentId}::uuid)`,
    plain: ['id', 'caseId', 'kind', 'reason', 'days', 'decidedAs', 'createdAt', 'reversedAt'],
    personal: { text: 'the statement of reasons', dataProtection: 'why an exclusion was needed' },
    withheld: { decidedBy: 'who decided stays with the desk', before: 'ids and states, to undo the decision' },
    stays: { text: 'its case, 12 months', dataProtection: 'its case, 12 months' },
  }),
  declare(reports, {
    holds: 'a neighbour’s flag on something',
    kept: 'with its case',
    mine: (me) => is(reports.reporterId, me.residentId),
    plain: ['id', 'caseId', 'subject', 'subjectId', 'reporterId', 'createdAt'],
    personal: { reason: 'what the desk examines', text: 'what the desk examines' },
    forgotten: [{ where: (me) => is(reports.reporterId, me.residentId), does: { text: '' } }],
    stays: { reason: 'its case, 12 months; nothing ties it to a person any more' },
  }),
  declare(cases, {
    holds: 'what a referent examines',
    kept: '12 months after it ended',
    mine: (me) => is(cases.aboutId, me.residentId),
    plain: [
      'id',
      'kind',
      'state',
      'subject',
      'subjectId',
      'postId',
      'aboutId',
      'residenceId',
      'commune',
      'escalatedAt',
      'remindedAt',
      'createdAt',
      'updatedAt',
    ],
    personal: { holds: 'why a post waited' },
    withheld: { takenBy: 'who looks at it now', takenUntil: 'until when somebody looks at it' },
    stays: { holds: 'codes, 12 months; nothing ties them to a person any more' },
  }),
  declare(kin, {
    holds: 'whose family a referent said they are, so that they never judge them',
    kept: 'until either leaves',
    mine: (me) => is(kin.accountId, me.accountId),
    plain: ['accountId', 'residentId', 'createdAt'],
    forgotten: [
      { where: (me) => is(kin.accountId, me.accountId), does: 'delete' },
      { where: (me) => is(kin.residentId, me.residentId), does: 'delete' },
    ],
  }),
];
