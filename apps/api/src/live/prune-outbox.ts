import { type Database, schema } from '@palier/db';
import { keptMs } from '@palier/domain/live';
import { and, gte, inArray, isNotNull, lt, sql } from 'drizzle-orm';

const { outbox } = schema;
const sliceMax = 5_000;

/** Forgets the events of the stream older than 7 days, a few thousand at a time, always from its oldest end so that what is kept has no hole; answers how many. The daily sweep calls it. */
export const pruneOutbox = async (db: Database, now: Date): Promise<number> => {
  const [kept] = await db
    .select({ from: sql<string>`coalesce(min(${outbox.seq}), (select seq from stream_head where id = 1))` })
    .from(outbox)
    .where(and(isNotNull(outbox.seq), gte(outbox.createdAt, new Date(now.getTime() - keptMs))));
  const from = Number(kept?.from ?? 0);
  for (let forgotten = 0; ; ) {
    const oldest = db
      .select({ seq: outbox.seq })
      .from(outbox)
      .where(lt(outbox.seq, from))
      .orderBy(outbox.seq)
      .limit(sliceMax);
    const { rowCount } = await db.delete(outbox).where(inArray(outbox.seq, oldest));
    forgotten += rowCount ?? 0;
    if ((rowCount ?? 0) < sliceMax) return forgotten;
  }
};
