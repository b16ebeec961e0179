import { type Database, schema, type Transaction } from '@palier/db';
import { and, desc, eq, ilike, inArray, ne, or, type SQL, sql } from 'drizzle-orm';
import { type Desk, isOnDesk } from './desk-scope.ts';

const { accounts, audit, auditChain, residences } = schema;

/** The first name of whom an act concerns: somebody, the author of a post, whoever a case or a decision is about. */
const about = sql<string | null>`(select r.display_name from residents r where r.id = coalesce(${audit.onBehalfOf},
  case ${audit.subject} when 'resident' then ${audit.subjectId} when 'post' then (select p.author_id from posts p where p.id = ${audit.subjectId})
    when 'case' then (select c.about_id from cases c where c.id = ${audit.subjectId})
    when 'decision' then (select c.about_id from decisions d join cases c on c.id = d.case_id where d.id = ${audit.subjectId}) end))`;

export type AuditQuery = {
  residenceId?: string | undefined;
  subjectId?: string | undefined;
  q?: string | undefined;
  action?: readonly string[] | undefined;
  after: { at: Date; id: string } | null;
  limit: number;
};

/** What of the log a desk may read: what staff and the system did in its residences, and appeals and reports without who wrote them; never what neighbours do among themselves, nor the watch, nor what only the machinery needs. */
const isForDesk: SQL | undefined = and(
  or(ne(audit.actorRole, 'resident'), eq(audit.action, 'case.appeal'), eq(audit.action, 'report.create')),
  ne(audit.actorRole, 'visitor'),
  sql`${audit.action} not like 'watch.%' and ${audit.subject} not in ('watch', 'check', 'round', 'favour', 'account')`,
  sql`${audit.action} not in ('case.tell', 'post.tell', 'post.end', 'post.calm', 'post.chase', 'conversation.tell', 'meeting.remind')`,
);

const like = (text: string): string => `%${text.replace(/[\\%_]/g, (found) => `\\${found}`)}%`;

/** Acts in a desk's residences, and its holder's own, the newest first, each with its link of the chain. */
export const listAuditRows = (db: Database | Transaction, desk: Desk, query: AuditQuery) => {
  const { residenceId, subjectId, q, action = [], after, limit } = query;
  const isTheirs = or(isOnDesk(desk), eq(audit.actorId, desk.accountId));
  return db
    .select({
      row: audit,
      actor: accounts.displayName,
      about,
      residence: residences.name,
      link: {
        seq: auditChain.seq,
        rowHash: auditChain.rowHash,
        prevHash: auditChain.prevHash,
        hash: auditChain.hash,
      },
    })
    .from(audit)
    .leftJoin(residences, eq(residences.id, audit.residenceId))
    .leftJoin(accounts, and(eq(accounts.id, audit.actorId), ne(audit.actorRole, 'resident')))
    .leftJoin(auditChain, eq(auditChain.auditId, audit.id))
    .where(
      and(
        isTheirs,
        isForDesk,
        residenceId === undefined ? undefined : eq(audit.residenceId, residenceId),
        subjectId === undefined ? undefined : eq(audit.subjectId, subjectId),
        or(
          action.length > 0 ? inArray(audit.action, [...action]) : undefined,
          q ? or(ilike(audit.reason, like(q)), ilike(accounts.displayName, like(q))) : undefined,
        ),
        after
          ? sql`(${audit.at}, ${audit.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(audit.at), desc(audit.id))
    .limit(limit);
};
