import type { Database } from '@palier/db';

type Reads = { memory: number; database: number };

const reads = new WeakMap<Database, Reads>();

/** How many pages of the feed were answered from memory and from the database, since this process started. */
export const feedReadsOf = (db: Database): Readonly<Reads> => {
  const known = reads.get(db) ?? { memory: 0, database: 0 };
  reads.set(db, known);
  return known;
};

export const countRead = (db: Database, from: keyof Reads): void => {
  (feedReadsOf(db) as Reads)[from] += 1;
};
