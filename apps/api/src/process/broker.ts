import type { Database } from '@palier/db';
import { sql } from 'drizzle-orm';
import type { Env } from '../env.ts';
import { cellIndexOf } from '../places/index.ts';

/** What the bus needs of NATS_URL, or undefined without it. Processes on one database find one another by what only that database is called, whatever else shares the broker. */
export const brokerOf = async ({ natsUrl }: Pick<Env, 'natsUrl'>, db: Database) => {
  if (!natsUrl) return undefined;
  const { rows } = await db.execute<{ tag: string }>(
    sql`select system_identifier || '-' || oid as tag from pg_control_system(), pg_database where datname = current_database()`,
  );
  const index = cellIndexOf(db);
  return { url: natsUrl, tag: rows[0]?.tag ?? '', reach: index.reach };
};
