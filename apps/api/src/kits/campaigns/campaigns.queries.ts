import { clientOf, type Database, schema, type Transaction } from '@palier/db';
import type { KitSlug } from '@palier/domain/kits';
import { and, desc, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';

const { campaigns, residences } = schema;
type Reading = Database | Transaction;

const columns = {
  id: campaigns.id,
  kit: campaigns.kit,
  commune: campaigns.commune,
  territoryId: campaigns.territoryId,
  firstDay: campaigns.firstDay,
  lastDay: campaigns.lastDay,
  openedAt: campaigns.openedAt,
  closedAt: campaigns.closedAt,
};
export type CampaignRow = {
  id: string;
  kit: KitSlug;
  commune: string | null;
  territoryId: string | null;
  firstDay: string;
  lastDay: string;
  openedAt: Date;
  closedAt: Date | null;
};
/** Where a campaign is opened. */
export type Extent = { commune: string; territoryId: null } | { commune: null; territoryId: string };

const isAt = ({ commune, territoryId }: Extent) =>
  commune === null ? eq(campaigns.territoryId, territoryId) : eq(campaigns.commune, commune);

/** Has whoever opens a campaign there wait for whoever does at this moment. */
export const lockCampaigns = async (tx: Transaction, { commune, territoryId }: Extent): Promise<void> => {
  const place = `campaigns ${commune ?? territoryId}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`);
};

/** A campaign of this kit at the same place on one of these days, that was not closed. */
export const findOverlapping = async (
  tx: Transaction,
  at: Extent,
  { kit, firstDay, lastDay }: Pick<CampaignRow, 'kit' | 'firstDay' | 'lastDay'>,
): Promise<string | undefined> => {
  const isThen = and(lte(campaigns.firstDay, lastDay), gte(campaigns.lastDay, firstDay), isNull(campaigns.closedAt));
  const [row] = await tx
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(isAt(at), eq(campaigns.kit, kit), isThen))
    .limit(1);
  return row?.id;
};

export const insertCampaign = async (tx: Transaction, row: typeof campaigns.$inferInsert): Promise<void> => {
  await tx.insert(campaigns).values(row);
};

export const findCampaign = async (db: Reading, id: string): Promise<CampaignRow | undefined> => {
  const [row] = await db.select(columns).from(campaigns).where(eq(campaigns.id, id));
  return row;
};

/** Closes a campaign that nobody closed: false when someone did. */
export const claimClosing = async (tx: Transaction, id: string, closedAt: Date): Promise<boolean> => {
  const rows = await tx
    .update(campaigns)
    .set({ closedAt })
    .where(and(eq(campaigns.id, id), isNull(campaigns.closedAt)))
    .returning({ id: campaigns.id });
  return rows.length === 1;
};

/** The campaigns of a commune and those of territories that have residences there, the latest first; a hundred at most. */
export const listCampaignsIn = (db: Reading, insee: string): Promise<CampaignRow[]> =>
  db
    .select(columns)
    .from(campaigns)
    .where(
      or(
        eq(campaigns.commune, insee),
        inArray(
          campaigns.territoryId,
          db.select({ id: residences.territoryId }).from(residences).where(eq(residences.commune, insee)),
        ),
      ),
    )
    .orderBy(desc(campaigns.firstDay), desc(campaigns.id))
    .limit(100);

/** Prepared, since every page of the feed asks. */
const runningAtHome = {
  name: 'campaigns_running_at_home',
  text: `select c.id, c.kit, c.commune, c.territory_id as "territoryId", c.first_day::text as "firstDay", c.last_day::text as "lastDay",
      c.opened_at as "openedAt", c.closed_at as "closedAt"
    from residences r join campaigns c on c.commune = r.commune or c.territory_id = r.territory_id
    where r.id = $1 and c.closed_at is null and c.first_day <= $2 and c.last_day >= $2
    order by c.commune nulls last, c.id desc`,
};

/** What runs on a day at a residence, by its commune or its territory, those of the commune first: of one kit, one is shown. */
export const listRunningAtHome = async (db: Reading, residenceId: string, today: string): Promise<CampaignRow[]> => {
  const { rows } = await clientOf(db).query<CampaignRow>({ ...runningAtHome, values: [residenceId, today] });
  return rows;
};

/** The communes where a campaign of this kit runs on a day, each once. */
export const listRunningCommunes = async (db: Database, kit: KitSlug, today: string) => {
  const { rows } = await db.$client.query<{ insee: string; first_day: string; last_day: string }>(
    `select distinct on (insee) insee, first_day::text, last_day::text from (
        select commune as insee, first_day, last_day from campaigns where commune is not null and kit = $1 and closed_at is null and first_day <= $2 and last_day >= $2
        union all
        select r.commune, c.first_day, c.last_day from campaigns c join residences r on r.territory_id = c.territory_id
          where c.kit = $1 and c.closed_at is null and c.first_day <= $2 and c.last_day >= $2) x
      order by insee, last_day desc`,
    [kit, today],
  );
  return rows.map(({ insee, first_day, last_day }) => ({ insee, firstDay: first_day, lastDay: last_day }));
};

/** The accounts of the referents of the residences it is proposed to. */
export const listReferentsOf = async (tx: Transaction, { commune, territoryId }: Extent): Promise<string[]> => {
  const { rows } = await clientOf(tx).query<{ id: string }>(
    `select distinct g.account_id as id from role_grants g join residences r on r.id = g.residence_id
      where g.role = 'referent' and g.revoked_at is null and (r.commune = $1 or r.territory_id = $2)`,
    [commune, territoryId],
  );
  return rows.map(({ id }) => id);
};
