import { type Database, schema, type Transaction } from '@palier/db';
import { trustedAfter } from '@palier/domain/accounts';
import { and, asc, count, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';

const { accounts, blocks, residents, vouches } = schema;

const standing = {
  id: residents.id,
  accountId: residents.accountId,
  displayName: residents.displayName,
  residenceId: residents.residenceId,
  trust: residents.trust,
  trustFrom: residents.trustFrom,
  trustSince: residents.trustSince,
  invitedBy: residents.invitedBy,
  joinedAt: residents.joinedAt,
  emailConfirmed: sql<boolean>`coalesce(${isNotNull(accounts.emailConfirmedAt)}, false)`,
};
export type Standing = Awaited<ReturnType<typeof listStandings>>[number];

/** Residents of a residence among these ids, with what the rules of trust ask of them. */
export const listStandings = (db: Database | Transaction, residenceId: string, ids: readonly string[]) =>
  db
    .select(standing)
    .from(residents)
    .leftJoin(accounts, eq(accounts.id, residents.accountId))
    .where(and(eq(residents.residenceId, residenceId), inArray(residents.id, [...ids])))
    .orderBy(asc(residents.id));

/** A resident, wherever they live. */
export const findStanding = async (db: Database | Transaction, id: string) => {
  const [row] = await db
    .select(standing)
    .from(residents)
    .leftJoin(accounts, eq(accounts.id, residents.accountId))
    .where(eq(residents.id, id));
  return row;
};

/** Locks residents in the order of their ids, so that what is counted for them is counted once. */
export const lockStandings = async (tx: Transaction, ids: readonly string[]): Promise<void> => {
  await tx
    .select({ id: residents.id })
    .from(residents)
    .where(inArray(residents.id, [...ids]))
    .orderBy(asc(residents.id))
    .for('no key update');
};

/** Whether either of two residents blocked the other. */
export const areBlocked = async (db: Database | Transaction, a: string, b: string): Promise<boolean> => {
  const rows = await db
    .select({ id: blocks.residentId })
    .from(blocks)
    .where(sql`(${blocks.residentId}, ${blocks.blockedId}) in ((${a}::uuid, ${b}::uuid), (${b}::uuid, ${a}::uuid))`);
  return rows.length > 0;
};

/** For how many a resident vouched since an instant. */
export const countVouchesBy = async (tx: Transaction, voucherId: string, since: Date): Promise<number> => {
  const [row] = await tx
    .select({ given: count() })
    .from(vouches)
    .where(and(eq(vouches.voucherId, voucherId), gt(vouches.createdAt, since)));
  return row?.given ?? 0;
};

/** Writes a neighbour's word; false when it was given before. */
export const insertVouch = async (tx: Transaction, row: typeof vouches.$inferInsert): Promise<boolean> => {
  const rows = await tx.insert(vouches).values(row).onConflictDoNothing().returning({ id: vouches.id });
  return rows.length === 1;
};

/** Those whose word for a resident still counts: neighbours who live there, are known today, and did not become so by neighbours alone. */
export const listVouchers = (db: Database | Transaction, residentId: string, residenceId: string) =>
  db
    .select({ id: residents.id, invitedBy: residents.invitedBy })
    .from(vouches)
    .innerJoin(residents, and(eq(residents.id, vouches.voucherId), eq(residents.residenceId, vouches.residenceId)))
    .where(
      and(
        eq(vouches.residentId, residentId),
        eq(vouches.residenceId, residenceId),
        isNull(vouches.revokedAt),
        sql`(${residents.trust} = 'trusted' or (${residents.trust} = 'known' and ${residents.trustFrom} <> 'neighbours'))`,
      ),
    );

/** Takes back every word given for a resident of a residence: a referent looked again. */
export const revokeVouches = async (tx: Transaction, residentId: string, now: Date): Promise<void> => {
  await tx
    .update(vouches)
    .set({ revokedAt: now })
    .where(and(eq(vouches.residentId, residentId), isNull(vouches.revokedAt)));
};

/** The different people, known to their residence and not of one's own invitation, for whom a resident did a favour. */
const helped = sql`(select count(distinct b.id)::int from favours f join residents b on b.id = f.beneficiary_id
  where f.helper_id = r.id and f.state = 'done' and b.id <> r.id and b.trust <> 'new' and b.invited_by is distinct from r.id and r.invited_by is distinct from b.id)`;

/** How many different known neighbours a resident helped. */
export const countPeopleHelped = async (db: Database, residentId: string): Promise<number> => {
  const { rows } = await db.execute<{ people: number }>(
    sql`select ${helped} as people from residents r where r.id = ${residentId}`,
  );
  return rows[0]?.people ?? 0;
};

/** Known residents who may have become trusted, at most `limit`, from the id after `after`. */
export const listGrowing = async (db: Database, before: Date, after: string, limit: number) => {
  const { rows } = await db.execute<{ id: string; people: number; since: string }>(sql`
    select g.id, g.people, g.since from (
      select r.id, coalesce(r.trust_since, r.joined_at) as since, ${helped} as people from residents r
      where r.trust = 'known' and r.account_id is not null and r.left_at is null and coalesce(r.trust_since, r.joined_at) <= ${before.toISOString()} and r.id > ${after}::uuid) g
    where g.people >= ${trustedAfter.people} order by g.id limit ${limit}`);
  return rows.map((row) => ({ id: row.id, people: row.people, knownSince: new Date(row.since) }));
};
