import { clientOf, type Database, schema, type Transaction } from '@palier/db';
import type { TownMessage } from '@palier/domain/insights';
import { and, desc, eq, gte, isNull, or, sql } from 'drizzle-orm';

const { townMessages } = schema;
type Reading = Database | Transaction;

const columns = {
  id: townMessages.id,
  purpose: townMessages.purpose,
  quarter: townMessages.quarterNumber,
  title: townMessages.title,
  text: townMessages.text,
  writtenAt: townMessages.writtenAt,
};
type Row = Omit<TownMessage, 'writtenAt'> & { writtenAt: Date };
const asRead = ({ writtenAt, ...row }: Row): TownMessage => ({ ...row, writtenAt: writtenAt.toISOString() });

/** Has whoever writes for a commune wait for whoever does at this moment. */
export const lockTownMessages = async (tx: Transaction, commune: string): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`town messages ${commune}`}, 0))`);
};

export const insertTownMessage = async (tx: Transaction, row: typeof townMessages.$inferInsert): Promise<void> => {
  await tx.insert(townMessages).values(row);
};

/** Prepared, since every page of the feed asks. */
const lastWrittenAt = {
  name: 'town_message_last_written',
  text: 'select max(written_at) as at from town_messages where commune = $1',
};

/** When a commune's last message left. */
export const findLastWrittenAt = async (db: Reading, commune: string): Promise<Date | null> => {
  const { rows } = await clientOf(db).query<{ at: Date | null }>({ ...lastWrittenAt, values: [commune] });
  return rows[0]?.at ?? null;
};

/** A commune's messages, the latest first; two hundred at most. */
export const listTownMessages = async (db: Reading, commune: string): Promise<TownMessage[]> => {
  const rows = await db
    .select(columns)
    .from(townMessages)
    .where(eq(townMessages.commune, commune))
    .orderBy(desc(townMessages.writtenAt), desc(townMessages.id))
    .limit(200);
  return rows.map(asRead);
};

/** What was written since an instant to all of a commune or to one of its quarters. */
export const listTownMessagesFor = async (
  db: Reading,
  { commune, quarter }: { commune: string; quarter: string | null },
  since: Date,
): Promise<TownMessage[]> => {
  const isForThem =
    quarter === null
      ? isNull(townMessages.quarter)
      : or(isNull(townMessages.quarter), eq(townMessages.quarter, quarter));
  const rows = await db
    .select(columns)
    .from(townMessages)
    .where(and(eq(townMessages.commune, commune), gte(townMessages.writtenAt, since), isForThem))
    .orderBy(desc(townMessages.writtenAt))
    .limit(3);
  return rows.map(asRead);
};

/** The accounts of those who live in a commune and are not excluded, each with the public cell of their residence. */
export const listInhabitants = async (tx: Transaction, commune: string) => {
  const { rows } = await clientOf(tx).query<{ id: string; cell: string }>(
    `select r.account_id as id, e.cell from residents r join residences e on e.id = r.residence_id
      where e.commune = $1 and r.left_at is null and r.excluded_at is null and r.account_id is not null`,
    [commune],
  );
  return rows;
};

/** Leaves word for the day's e-mail, without a word to the stream: so that nothing is ever pushed to one person. */
export const insertTownNotices = async (
  tx: Transaction,
  notices: readonly { id: string; accountId: string }[],
  commune: string,
  at: Date,
): Promise<void> => {
  await clientOf(tx).query(
    `insert into notifications (id, account_id, kind, turn, created_at)
      select id, account_id, 'town', $3, $4 from unnest($1::uuid[], $2::uuid[]) as n(id, account_id)`,
    [notices.map(({ id }) => id), notices.map(({ accountId }) => accountId), commune, at],
  );
};
