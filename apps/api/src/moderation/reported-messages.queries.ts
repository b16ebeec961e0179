import type { Database, Transaction } from '@palier/db';

/** Whoever wrote a message, if the reader is on the other side of it; conversations come later. */
export const findReportedMessage = async (
  _tx: Transaction,
  _messageId: string,
  _readerId: string,
): Promise<string | undefined> => undefined;

/** A reported message and three around it. */
export const listAround = async (
  _db: Database | Transaction,
  _messageId: string,
  _aboutId: string,
): Promise<{ isReported: boolean; isAuthor: boolean; text: string; sentAt: string }[]> => [];
