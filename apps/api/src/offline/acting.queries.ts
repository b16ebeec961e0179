import { type Database, schema, type Transaction } from '@palier/db';
import type { Trust } from '@palier/domain/accounts';
import { type ActingSession, actingMinutes } from '@palier/domain/offline';
import type { Consent } from '@palier/domain/residences';
import { and, eq, isNull, sql } from 'drizzle-orm';

const { actingSessions } = schema;

/** Ends whatever session this account has open, and answers how many that was: one person acts for one neighbour at a time. The account's row is locked first, so that two openings at once follow each other. */
export const claimEarlier = async (tx: Transaction, accountId: string): Promise<void> => {
  await tx
    .select({ id: schema.accounts.id })
    .from(schema.accounts)
    .where(eq(schema.accounts.id, accountId))
    .for('no key update');
  await tx
    .update(actingSessions)
    .set({ closedAt: sql`clock_timestamp()` })
    .where(and(eq(actingSessions.accountId, accountId), isNull(actingSessions.closedAt)));
};

/** Opens a session that lasts `actingMinutes` by the database's clock. */
export const insertActing = async (
  tx: Transaction,
  row: { id: string; accountId: string; residentId: string; consent: Consent },
): Promise<void> => {
  await tx.insert(actingSessions).values({
    ...row,
    openedAt: sql`clock_timestamp()`,
    expiresAt: sql`clock_timestamp() + make_interval(mins => ${actingMinutes}::int)`,
  });
};

/** Closes a session of this account that is open, expired or not. */
export const claimClose = async (tx: Transaction, actingId: string, accountId: string) => {
  const [row] = await tx
    .update(actingSessions)
    .set({ closedAt: sql`clock_timestamp()` })
    .where(
      and(eq(actingSessions.id, actingId), eq(actingSessions.accountId, accountId), isNull(actingSessions.closedAt)),
    )
    .returning({ residentId: actingSessions.residentId });
  return row;
};

type Row = {
  id: string;
  opened_at: string;
  expires_at: string;
  seconds_left: number;
  resident_id: string;
  display_name: string;
  trust: Trust;
  cell: string;
  residence_id: string;
  residence_name: string;
  commune: string;
  stair_id: string | null;
  stair_name: string | null;
};

/** What the pages need of a session of this account. */
export const readActingRow = async (
  db: Database | Transaction,
  actingId: string,
  accountId: string,
): Promise<ActingSession | undefined> => {
  const { rows } = await db.execute<Row>(sql`
    select s.id, s.opened_at, s.expires_at, greatest(0, floor(extract(epoch from s.expires_at - clock_timestamp())))::int as seconds_left,
      r.id as resident_id, r.display_name, r.trust, e.cell, e.id as residence_id, e.name as residence_name, e.commune, c.id as stair_id, c.name as stair_name
    from acting_sessions s join residents r on r.id = s.resident_id join residences e on e.id = r.residence_id left join stairs c on c.id = r.stair_id
    where s.id = ${actingId} and s.account_id = ${accountId}`);
  const row = rows[0];
  return (
    row && {
      id: row.id,
      openedAt: new Date(row.opened_at).toISOString(),
      expiresAt: new Date(row.expires_at).toISOString(),
      secondsLeft: row.seconds_left,
      resident: {
        id: row.resident_id,
        displayName: row.display_name,
        trust: row.trust,
        cell: row.cell,
        residence: { id: row.residence_id, name: row.residence_name, commune: row.commune },
        stair: row.stair_id && row.stair_name ? { id: row.stair_id, name: row.stair_name } : null,
      },
    }
  );
};
