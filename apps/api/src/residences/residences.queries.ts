import { type Database, schema, type Transaction } from '@palier/db';
import type { ResidenceLine, ResidenceMode } from '@palier/domain/residences';
import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { isOwnCase } from '../moderation/index.ts';
import { communeName } from '../places/index.ts';

const { accounts, cases, residenceNotices, residences, roleGrants } = schema;
type Care = { residenceIds: readonly string[]; territoryIds: readonly string[] };
type Reader = { accountId: string; residentId: string | null };

const ofCare = ({ residenceIds, territoryIds }: Care) =>
  or(inArray(residences.id, [...residenceIds]), inArray(residences.territoryId, [...territoryIds]));

/** A residence among those that someone looks after. */
export const findCaredFor = async (db: Database | Transaction, id: string, care: Care) => {
  const [row] = await db
    .select({
      id: residences.id,
      name: residences.name,
      commune: residences.commune,
      mode: residences.mode,
      territoryId: residences.territoryId,
    })
    .from(residences)
    .where(and(eq(residences.id, id), ofCare(care)));
  return row;
};

type LineRow = {
  id: string;
  name: string;
  commune: string;
  homes: number;
  mode: ResidenceMode;
  cell: string;
  residents: number;
  newcomers: number;
  waiting: number;
  oldest: string | null;
  referents: number;
};

/** The residences that someone looks after, with what is going on in each: the cases that wait, but the reader's own; those where one waits longest come first. At most 500. */
export const listLines = async (
  db: Database,
  care: Care & { reader: Reader },
  only?: string,
): Promise<ResidenceLine[]> => {
  const { rows } = await db.execute<LineRow>(sql`
    select e.id, e.name, e.commune, e.homes, e.mode, e.cell, p.residents, p.newcomers, w.waiting, w.oldest, g.referents
    from ${residences} e
      cross join lateral (select count(*)::int as residents, count(*) filter (where trust = 'new')::int as newcomers from residents where residence_id = e.id and left_at is null) p
      cross join lateral (select count(*)::int as waiting, min(case when state = 'appealed' then updated_at else created_at end) as oldest
        from ${cases} where residence_id = e.id and state in ('open', 'appealed') and not ${isOwnCase(care.reader)}) w
      cross join lateral (select count(distinct account_id)::int as referents from role_grants where residence_id = e.id and role = 'referent' and revoked_at is null) g
    where (e.id = any(${sql.param([...care.residenceIds])}::uuid[]) or e.territory_id = any(${sql.param([...care.territoryIds])}::uuid[]))
      ${only === undefined ? sql.empty() : sql`and e.id = ${only}`}
    order by w.oldest nulls last, p.newcomers desc, e.name, e.id limit 500`);
  return rows.map(({ oldest, ...row }) => ({
    ...row,
    communeName: communeName(row.commune),
    oldestWaitingAt: oldest === null ? null : new Date(oldest).toISOString(),
  }));
};

/** Who looks after a residence today, the first named first. */
export const listReferents = async (db: Database, residenceId: string) =>
  db
    .select({ grantId: roleGrants.id, displayName: accounts.displayName, since: roleGrants.grantedAt })
    .from(roleGrants)
    .innerJoin(accounts, eq(accounts.id, roleGrants.accountId))
    .where(and(eq(roleGrants.residenceId, residenceId), eq(roleGrants.role, 'referent'), isNull(roleGrants.revokedAt)))
    .orderBy(asc(roleGrants.grantedAt), asc(roleGrants.id));

/** The notices on a residence's board today, the latest first. */
export const listNotices = async (db: Database | Transaction, residenceId: string, now: Date) => {
  const rows = await db
    .select({
      id: residenceNotices.id,
      text: residenceNotices.text,
      writtenBy: accounts.displayName,
      createdAt: residenceNotices.createdAt,
      endsAt: residenceNotices.endsAt,
    })
    .from(residenceNotices)
    .innerJoin(accounts, eq(accounts.id, residenceNotices.writtenBy))
    .where(
      and(
        eq(residenceNotices.residenceId, residenceId),
        isNull(residenceNotices.removedAt),
        gt(residenceNotices.endsAt, now),
      ),
    )
    .orderBy(sql`${residenceNotices.createdAt} desc`, asc(residenceNotices.id))
    .limit(20);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), endsAt: row.endsAt.toISOString() }));
};
