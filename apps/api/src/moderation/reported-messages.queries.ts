import { type Database, schema, type Transaction } from '@palier/db';
import { and, eq, ne, or, sql } from 'drizzle-orm';

const { favours, messages } = schema;

/** How many messages around a reported one the desk may read (issue 5). */
const aroundMax = 3;

/** Whoever wrote a message, if the reader is on a side of its conversation, which is a favour's or, among several helpers, a post's. */
export const findReportedMessage = async (
  tx: Transaction,
  messageId: string,
  readerId: string,
): Promise<string | undefined> => {
  const [row] = await tx
    .select({ authorId: messages.authorId })
    .from(messages)
    .innerJoin(
      favours,
      and(
        or(eq(favours.id, messages.conversationId), eq(favours.postId, messages.conversationId)),
        ne(favours.state, 'standby'),
        or(eq(favours.helperId, readerId), eq(favours.beneficiaryId, readerId)),
      ),
    )
    .where(eq(messages.id, messageId))
    .limit(1);
  return row?.authorId;
};

/** A reported message and the three nearest around it, the first first; a quick answer by its name, no photo. */
export const listAround = async (
  db: Database | Transaction,
  messageId: string,
  aboutId: string,
): Promise<{ isReported: boolean; isAuthor: boolean; text: string; sentAt: string }[]> => {
  const [reported] = await db
    .select({ conversationId: messages.conversationId, at: messages.createdAt })
    .from(messages)
    .where(eq(messages.id, messageId));
  if (!reported) return [];
  const rows = await db
    .select({
      id: messages.id,
      authorId: messages.authorId,
      text: messages.text,
      quick: messages.quick,
      at: messages.createdAt,
    })
    .from(messages)
    .where(eq(messages.conversationId, reported.conversationId))
    .orderBy(
      sql`${messages.id} <> ${messageId}`,
      sql`abs(extract(epoch from ${messages.createdAt} - ${reported.at.toISOString()}::timestamptz))`,
      messages.id,
    )
    .limit(aroundMax + 1);
  return rows
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))
    .map(({ id, authorId, text, quick, at }) => ({
      isReported: id === messageId,
      isAuthor: authorId === aboutId,
      text: text || quick || '',
      sentAt: at.toISOString(),
    }));
};
