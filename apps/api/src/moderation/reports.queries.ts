import { schema, type Transaction } from '@palier/db';
import type { CaseKind, CaseSubject } from '@palier/domain/moderation';
import { and, eq, inArray, ne } from 'drizzle-orm';
import { newId } from '../ids.ts';

const { cases, reports, residences, residents } = schema;

/** What is reported, where, and whose it is. */
export type Reportable = {
  subject: CaseSubject;
  subjectId: string;
  postId: string | null;
  aboutId: string;
  residenceId: string;
  commune: string;
};

/** Somebody as they may be reported: where they live, if they live anywhere. */
export const findReportedResident = async (tx: Transaction, residentId: string) => {
  const [row] = await tx
    .select({ aboutId: residents.id, residenceId: residents.residenceId, commune: residences.commune })
    .from(residents)
    .innerJoin(residences, eq(residences.id, residents.residenceId))
    .where(eq(residents.id, residentId));
  return row;
};

/** Locks whoever reports, so that their reports are counted one at a time. */
export const lockReporter = async (tx: Transaction, residentId: string): Promise<void> => {
  await tx.select({ id: residents.id }).from(residents).where(eq(residents.id, residentId)).for('no key update');
};

/** The case under which a thing is examined now: the open one, or a new one. It is locked until the end of the transaction. */
export const openCaseOf = async (
  tx: Transaction,
  about: Reportable,
  kind: CaseKind,
  now: Date,
): Promise<{ id: string; isNew: boolean }> => {
  const made = await tx
    .insert(cases)
    .values({ id: newId(), kind, ...about, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: cases.id });
  if (made[0]) return { id: made[0].id, isNew: true };
  const [open] = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(
      and(
        eq(cases.subject, about.subject),
        eq(cases.subjectId, about.subjectId),
        eq(cases.state, 'open'),
        ne(cases.kind, 'arrival'),
      ),
    )
    .for('update');
  return open ? { id: open.id, isNew: false } : openCaseOf(tx, about, kind, now);
};

/** The report of this person on this thing, if they wrote one. */
export const findReport = async (
  tx: Transaction,
  about: Pick<Reportable, 'subject' | 'subjectId'>,
  reporterId: string,
) => {
  const [row] = await tx
    .select()
    .from(reports)
    .where(
      and(
        eq(reports.subject, about.subject),
        eq(reports.subjectId, about.subjectId),
        eq(reports.reporterId, reporterId),
      ),
    );
  return row;
};

export const insertReport = async (tx: Transaction, row: typeof reports.$inferInsert): Promise<void> => {
  await tx.insert(reports).values(row);
};

/** Whether a post is shown to neighbours now. */
export const isShown = async (tx: Transaction, postId: string): Promise<boolean> => {
  const { posts } = schema;
  const rows = await tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.id, postId), inArray(posts.state, ['open', 'filled'])));
  return rows.length > 0;
};
