import { type Database, schema, type Transaction } from '@palier/db';
import { and, desc, eq, ilike, ne, or, type SQL, sql } from 'drizzle-orm';
import { type Desk, isOnDesk } from './desk-scope.ts';

const { accounts, audit, auditChain, residences } = schema;

export type AuditQuery = {
  residenceId?: string | undefined;
  subjectId?: string | undefined;
  q?: string | undefined;
  after: { at: Date; id: string } | null;
  limit: number;
};

/** What of the log a desk may read: what staff and the system did in its residences, and appeals and reports without who wrote them; never what neighbours do among themselves, nor the watch. */
const isForDesk: SQL | undefined = and(
  or(ne(audit.actorRole, 'resident'), eq(audit.action, 'case.appeal'), eq(audit.action, 'report.create')),
  ne(audit.actorRole, 'visitor'),
  sql`${audit.action} not like 'watch.%' and ${audit.subject} not in ('watch', 'check', 'round', 'favour', 'account')`,
  sql`${audit.action} not in ('case.tell', 'match.tell', 'match.post')`,
);

const like = (text: string): string => `%${text.replace(/[\\%_]/g, (found) => `\\${found}`)}%`;

/** Acts in a desk's residences, and its holder's own, the newest first, each with its link of the chain. */
export const listAuditRows = (db: Database | Transaction, desk: Desk, query: AuditQuery) => {
  const { residenceId, subjectId, q, after, limit } = query;
  const isTheirs = or(isOnDesk(desk), eq(audit.actorId, desk.accountId));
  return db
    .select({
      row: audit,
      actor: accounts.displayName,
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
        q
          ? or(ilike(audit.action, like(q)), ilike(audit.reason, like(q)), ilike(accounts.displayName, like(q)))
          : undefined,
        after
          ? sql`(${audit.at}, ${audit.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(audit.at), desc(audit.id))
    .limit(limit);
};
