import { type Database, schema, type Transaction } from '@palier/db';
import { and, eq, gt, isNull, lte, sql } from 'drizzle-orm';

const { meetings, residents } = schema;

type NewMeeting = Pick<
  typeof meetings.$inferInsert,
  'conversationId' | 'id' | 'at' | 'place' | 'proposedBy' | 'proposedAt'
>;

/** The meeting of a conversation, with the first name of whoever proposed it. */
export const findMeeting = async (db: Database | Transaction, conversationId: string) => {
  const [row] = await db
    .select({
      id: meetings.id,
      at: meetings.at,
      place: meetings.place,
      proposedBy: meetings.proposedBy,
      proposerName: residents.displayName,
      proposedAt: meetings.proposedAt,
      agreedAt: meetings.agreedAt,
    })
    .from(meetings)
    .innerJoin(residents, eq(residents.id, meetings.proposedBy))
    .where(eq(meetings.conversationId, conversationId));
  return row;
};

/** Puts a proposal in the place of whatever was proposed or agreed before. */
export const putMeeting = async (tx: Transaction, meeting: NewMeeting): Promise<void> => {
  const { conversationId, ...proposal } = meeting;
  await tx
    .insert(meetings)
    .values(meeting)
    .onConflictDoUpdate({
      target: meetings.conversationId,
      set: { ...proposal, agreedBy: null, agreedAt: null, remindAt: null, remindedAt: null },
    });
};

/** Agrees to a proposal that still stands and is somebody else's; whether it was so. */
export const claimAgreement = async (
  tx: Transaction,
  conversationId: string,
  meetingId: string,
  { by, now, remindAt }: { by: string; now: Date; remindAt: Date | null },
): Promise<boolean> => {
  const rows = await tx
    .update(meetings)
    .set({ agreedBy: by, agreedAt: now, remindAt })
    .where(
      and(
        eq(meetings.conversationId, conversationId),
        eq(meetings.id, meetingId),
        isNull(meetings.agreedAt),
        sql`${meetings.proposedBy} <> ${by}`,
      ),
    )
    .returning({ id: meetings.id });
  return rows.length === 1;
};

/** Takes the meeting of a conversation away; whether there was one. */
export const claimMeetingEnd = async (tx: Transaction, conversationId: string): Promise<boolean> => {
  const rows = await tx
    .delete(meetings)
    .where(eq(meetings.conversationId, conversationId))
    .returning({ id: meetings.id });
  return rows.length === 1;
};

/** Takes the reminders that are due, each once however many look at the same time; meetings that have begun are let go. Answers their conversations. */
export const claimReminders = async (tx: Transaction, now: Date): Promise<string[]> => {
  const rows = await tx
    .update(meetings)
    .set({ remindedAt: now })
    .where(and(isNull(meetings.remindedAt), lte(meetings.remindAt, now), gt(meetings.at, now)))
    .returning({ conversationId: meetings.conversationId });
  return rows.map(({ conversationId }) => conversationId);
};
