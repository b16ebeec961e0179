import { schema, type Transaction } from '@palier/db';
import type { CaseHold } from '@palier/domain/moderation';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { newId } from '../ids.ts';
import type { OutboxEvent } from '../record.ts';

/** Puts a post on its referents' desk, in the transaction that made it wait, or that pointed at it; a post that is on it already stays as it is. Answers the word to the stream. */
export const insertPostCase = async (
  tx: Transaction,
  post: { id: string; authorId: string; residenceId: string; commune: string },
  waits: { kind: 'held' | 'flagged'; holds: readonly CaseHold[] },
  now: Date,
): Promise<OutboxEvent[]> => {
  const id = newId();
  const { residenceId, commune } = post;
  const rows = await tx
    .insert(schema.cases)
    .values({
      ...{ id, ...waits, holds: [...waits.holds], subject: 'post', subjectId: post.id, postId: post.id },
      ...{ aboutId: post.authorId, residenceId, commune, createdAt: now, updatedAt: now },
    })
    .onConflictDoNothing()
    .returning({ id: schema.cases.id });
  return rows.length === 0 ? [] : [{ kind: 'case', change: 'opened', caseId: id, residenceId, commune }];
};

/** Closes the open case of a post that no longer waits for anybody; answers the word to the stream. */
export const claimCaseLapse = async (tx: Transaction, postId: string, now: Date): Promise<OutboxEvent[]> => {
  const { cases } = schema;
  const rows = await tx
    .update(cases)
    .set({ state: 'closed', updatedAt: now })
    .where(and(eq(cases.postId, postId), eq(cases.state, 'open'), inArray(cases.kind, ['held', 'flagged'])))
    .returning({ id: cases.id, residenceId: cases.residenceId, commune: cases.commune });
  return rows.map(({ id, residenceId, commune }) => ({
    kind: 'case',
    change: 'lapsed',
    caseId: id,
    residenceId,
    commune,
  }));
};

/** Whether a referent asked the author to change this post: what comes back is read again. */
export const isEditAsked = async (tx: Transaction, postId: string): Promise<boolean> => {
  const { rows } = await tx.execute(sql`
    select from decisions d join cases c on c.id = d.case_id
    where c.post_id = ${postId} and d.kind = 'ask-edit' and d.reversed_at is null limit 1`);
  return rows.length > 0;
};
