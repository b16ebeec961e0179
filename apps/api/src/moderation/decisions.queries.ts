import { type Database, schema, type Transaction } from '@palier/db';
import { appealUntil, type Before, type DecisionView } from '@palier/domain/moderation';
import { and, asc, desc, eq, isNull, or, type SQL } from 'drizzle-orm';
import type { z } from 'zod';

const { appeals, cases, decisions, posts, residences, residents } = schema;

const selectDecisions = (db: Database | Transaction) =>
  db
    .select({
      decision: decisions,
      case: {
        id: cases.id,
        subject: cases.subject,
        state: cases.state,
        residenceId: cases.residenceId,
        commune: cases.commune,
      },
      about: { id: residents.id, displayName: residents.displayName, accountId: residents.accountId },
      post: { id: posts.id, title: posts.title },
      residence: residences.name,
      appeal: { text: appeals.text, createdAt: appeals.createdAt, outcome: appeals.outcome, answer: appeals.answer },
    })
    .from(decisions)
    .innerJoin(cases, eq(cases.id, decisions.caseId))
    .innerJoin(residents, eq(residents.id, cases.aboutId))
    .innerJoin(residences, eq(residences.id, cases.residenceId))
    .leftJoin(posts, eq(posts.id, cases.postId))
    .leftJoin(appeals, eq(appeals.decisionId, decisions.id));
export type DecisionRow = Awaited<ReturnType<typeof selectDecisions>>[number];

const findLatest = async (db: Database | Transaction, where: SQL | undefined): Promise<DecisionRow | undefined> => {
  const [row] = await selectDecisions(db).where(where).orderBy(desc(decisions.createdAt), desc(decisions.id)).limit(1);
  return row;
};

/** A decision by its own id, or the latest of a case by the case's. */
export const findDecision = (db: Database | Transaction, id: string): Promise<DecisionRow | undefined> =>
  findLatest(db, or(eq(decisions.id, id), eq(decisions.caseId, id)));

/** The decisions of a case, the first first. */
export const listDecisions = (db: Database | Transaction, caseId: string): Promise<DecisionRow[]> =>
  selectDecisions(db).where(eq(decisions.caseId, caseId)).orderBy(asc(decisions.createdAt), asc(decisions.id));

export const insertDecision = async (tx: Transaction, row: typeof decisions.$inferInsert): Promise<void> => {
  await tx.insert(decisions).values(row);
};

/** Marks a decision as taken back; its effects are undone by whoever calls. */
export const claimReversal = async (tx: Transaction, decisionId: string, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(decisions)
    .set({ reversedAt: now })
    .where(and(eq(decisions.id, decisionId), isNull(decisions.reversedAt)))
    .returning({ id: decisions.id });
  return rows.length === 1;
};

/** Writes what became of what a decision had changed, once it was taken back. */
export const setBefore = async (tx: Transaction, decisionId: string, before: Before): Promise<void> => {
  await tx.update(decisions).set({ before }).where(eq(decisions.id, decisionId));
};

export const insertAppeal = async (tx: Transaction, decisionId: string, text: string, now: Date): Promise<boolean> => {
  const rows = await tx
    .insert(appeals)
    .values({ decisionId, text, createdAt: now })
    .onConflictDoNothing()
    .returning({ decisionId: appeals.decisionId });
  return rows.length === 1;
};

/** Answers the appeal of a decision, if it has one that waits. */
export const claimAppealAnswer = async (
  tx: Transaction,
  decisionId: string,
  answer: { outcome: 'upheld' | 'reversed'; answer: string; decidedBy: string; decidedAt: Date },
): Promise<void> => {
  await tx
    .update(appeals)
    .set(answer)
    .where(and(eq(appeals.decisionId, decisionId), isNull(appeals.outcome)));
};

/** A decision as its author and the desk read it. */
export const viewOfDecision = (row: DecisionRow): z.infer<typeof DecisionView> => {
  const { decision, appeal, post, about } = row;
  const mayAppeal = row.case.state === 'decided' && decision.reversedAt === null && appeal === null;
  return {
    id: decision.id,
    caseId: decision.caseId,
    kind: decision.kind,
    reason: decision.reason,
    text: decision.text,
    days: decision.days,
    dataProtection: decision.dataProtection,
    by: decision.decidedAs,
    subject: row.case.subject,
    title: post?.title ?? about.displayName,
    postId: post?.id ?? null,
    residence: row.residence,
    decidedAt: decision.createdAt.toISOString(),
    reversedAt: decision.reversedAt?.toISOString() ?? null,
    promises: decision.before.promises ?? null,
    appealUntil: (mayAppeal && appealUntil(decision)?.toISOString()) || null,
    appeal: appeal && {
      text: appeal.text,
      lodgedAt: appeal.createdAt.toISOString(),
      outcome: appeal.outcome ?? 'waiting',
      answer: appeal.answer,
    },
  };
};
