import { type Database, schema, type Transaction } from '@palier/db';

/** The head of the stream as committed: read before the data it goes with, so that snapshot and later events make a fresh snapshot. */
export const findHead = async (db: Database | Transaction): Promise<number> => {
  const [row] = await db.select({ seq: schema.streamHead.seq }).from(schema.streamHead);
  return row?.seq ?? 0;
};

/** The response header that carries the head. */
export const seqHeader = 'palier-seq';
