import { type Database, schema, type Transaction } from '@palier/db';
import type { MessageView, QuickAnswer } from '@palier/domain/messaging';
import { and, desc, eq, inArray, lte, notInArray, sql } from 'drizzle-orm';
import { AppError } from '../errors.ts';

const { accounts, conversationReads, messages, photos, residents } = schema;

/** A message as it is stored, with its author's first name, and that of the referent who wrote it for them. */
export type StoredMessage = {
  id: string;
  conversationId: string;
  authorId: string;
  authorName: string;
  writtenBy: string | null;
  text: string;
  quick: QuickAnswer | null;
  photo: MessageView['photo'];
  linkHeld: boolean;
  createdAt: Date;
};

type Bounds = {
  hidden: ReadonlySet<string>;
  until: Date | null;
  after: { at: number; id: string } | null;
  limit: number;
};

/** The messages of a conversation, the newest first: not those of `hidden` people, nor what came after `until`. */
export const listStoredMessages = async (
  db: Database | Transaction,
  conversationId: string,
  { hidden, until, after, limit }: Bounds,
): Promise<StoredMessage[]> => {
  const rows = await db
    .select({
      id: messages.id,
      conversationId: messages.conversationId,
      authorId: messages.authorId,
      authorName: residents.displayName,
      writtenBy: accounts.displayName,
      text: messages.text,
      quick: messages.quick,
      photo: { id: photos.id, width: photos.width, height: photos.height },
      linkHeld: messages.linkHeld,
      createdAt: messages.createdAt,
    })
    .from(messages)
    .innerJoin(residents, eq(residents.id, messages.authorId))
    .leftJoin(photos, eq(photos.id, messages.photoId))
    .leftJoin(accounts, eq(accounts.id, messages.writtenBy))
    .where(
      and(
        eq(messages.conversationId, conversationId),
        hidden.size > 0 ? notInArray(messages.authorId, [...hidden]) : undefined,
        until ? lte(messages.createdAt, until) : undefined,
        after
          ? sql`(${messages.createdAt}, ${messages.id}) < (${new Date(after.at).toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(limit);
  return rows;
};

/** Locks the writer, so that their messages follow each other and none passes a block or an exclusion that is being set; when their account was made. Code: `role.required`, once excluded. */
export const lockWriter = async (tx: Transaction, residentId: string): Promise<Date | null> => {
  const [writer] = await tx
    .select({ excludedAt: residents.excludedAt })
    .from(residents)
    .where(eq(residents.id, residentId))
    .for('no key update');
  if (writer?.excludedAt) throw new AppError('role.required');
  const [row] = await tx
    .select({ createdAt: accounts.createdAt })
    .from(accounts)
    .innerJoin(residents, eq(residents.accountId, accounts.id))
    .where(eq(residents.id, residentId));
  return row?.createdAt ?? null;
};

/** When a writer's messages since an instant were sent, the oldest first. */
export const listSentSince = async (tx: Transaction, residentId: string, since: Date): Promise<Date[]> => {
  const rows = await tx
    .select({ createdAt: messages.createdAt })
    .from(messages)
    .where(and(eq(messages.authorId, residentId), sql`${messages.createdAt} > ${since.toISOString()}`))
    .orderBy(messages.createdAt);
  return rows.map(({ createdAt }) => createdAt);
};

/** How an account is called. */
export const findAccountName = async (tx: Transaction, accountId: string): Promise<string | null> => {
  const [row] = await tx.select({ name: accounts.displayName }).from(accounts).where(eq(accounts.id, accountId));
  return row?.name ?? null;
};

export const insertMessage = async (tx: Transaction, row: typeof messages.$inferInsert): Promise<void> => {
  await tx.insert(messages).values(row);
};

export const insertPhoto = async (tx: Transaction, row: typeof photos.$inferInsert): Promise<void> => {
  await tx.insert(photos).values(row);
};

/** A photo's conversation, its author and when it was sent. */
export const findPhoto = async (db: Database, photoId: string) => {
  const [row] = await db
    .select({ conversationId: photos.conversationId, authorId: photos.authorId, createdAt: photos.createdAt })
    .from(photos)
    .where(eq(photos.id, photoId));
  return row;
};

/** When a message of a conversation was sent, to the microsecond the database keeps. */
export const findSentAt = async (tx: Transaction, conversationId: string, messageId: string): Promise<Date | null> => {
  const [row] = await tx
    .select({ createdAt: messages.createdAt })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), eq(messages.id, messageId)));
  return row?.createdAt ?? null;
};

/** Moves a reader's mark on, never back; whether it moved. */
export const claimReadUpTo = async (
  tx: Transaction,
  conversationId: string,
  residentId: string,
  upTo: Date,
): Promise<boolean> => {
  const rows = await tx
    .insert(conversationReads)
    .values({ conversationId, residentId, upTo })
    .onConflictDoUpdate({
      target: [conversationReads.conversationId, conversationReads.residentId],
      set: { upTo },
      setWhere: sql`${conversationReads.upTo} < ${upTo.toISOString()}`,
    })
    .returning({ residentId: conversationReads.residentId });
  return rows.length === 1;
};

/** How far each of these people has read a conversation. */
export const listReads = async (db: Database | Transaction, conversationId: string, residentIds: readonly string[]) =>
  residentIds.length === 0
    ? []
    : db
        .select({
          residentId: conversationReads.residentId,
          displayName: residents.displayName,
          upTo: conversationReads.upTo,
        })
        .from(conversationReads)
        .innerJoin(residents, eq(residents.id, conversationReads.residentId))
        .where(
          and(
            eq(conversationReads.conversationId, conversationId),
            inArray(conversationReads.residentId, [...residentIds]),
          ),
        );
