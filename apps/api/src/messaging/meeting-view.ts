import type { Database, Transaction } from '@palier/db';
import type { MeetingView } from '@palier/domain/messaging';
import { findMeeting } from './meetings.queries.ts';

/** The meeting of a conversation as one of its sides reads it. */
export const readMeeting = async (
  db: Database | Transaction,
  conversationId: string,
  residentId: string,
): Promise<MeetingView | null> => {
  const row = await findMeeting(db, conversationId);
  if (!row) return null;
  return {
    id: row.id,
    at: row.at.toISOString(),
    place: row.place,
    proposedBy: { id: row.proposedBy, displayName: row.proposerName },
    mine: row.proposedBy === residentId,
    agreedAt: row.agreedAt?.toISOString() ?? null,
  };
};
