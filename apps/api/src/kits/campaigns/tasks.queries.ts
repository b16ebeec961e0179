import { clientOf, type Database, schema, type Transaction } from '@palier/db';
import { and, asc, eq } from 'drizzle-orm';

const { campaignTasks, residences } = schema;
type Reading = Database | Transaction;

/** A post that ended before its end: its task may be opened again. */
const endedEarly = `'withdrawn', 'expired', 'removed'`;

/** Takes a task of a campaign for a residence, once; again only when the post it became ended early. False when somebody has it. */
export const claimTask = async (
  tx: Transaction,
  row: { campaignId: string; residenceId: string; task: string },
  now: Date,
): Promise<boolean> => {
  const { rowCount } = await clientOf(tx).query(
    `insert into campaign_tasks (campaign_id, residence_id, task, opened_at) values ($1, $2, $3, $4)
      on conflict (campaign_id, residence_id, task) do update set post_id = null, opened_at = excluded.opened_at
        where exists (select from posts p where p.id = campaign_tasks.post_id and p.state in (${endedEarly}))`,
    [row.campaignId, row.residenceId, row.task, now],
  );
  return rowCount === 1;
};

/** Notes which post a task that was just taken became. */
export const noteTaskPost = async (
  tx: Transaction,
  row: { campaignId: string; residenceId: string; task: string },
  postId: string,
): Promise<void> => {
  const isIt = and(
    eq(campaignTasks.campaignId, row.campaignId),
    eq(campaignTasks.residenceId, row.residenceId),
    eq(campaignTasks.task, row.task),
  );
  await tx.update(campaignTasks).set({ postId }).where(isIt);
};

/** The posts that the tasks of campaigns became in a residence, by `campaign task`. */
export const listTaskPosts = async (
  db: Reading,
  campaignIds: readonly string[],
  residenceId: string,
): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await clientOf(db).query<{ campaign_id: string; task: string; post_id: string }>(
    `select t.campaign_id, t.task, t.post_id from campaign_tasks t join posts p on p.id = t.post_id
      where t.campaign_id = any($1) and t.residence_id = $2 and p.state not in (${endedEarly})`,
    [campaignIds, residenceId],
  );
  return new Map(rows.map(({ campaign_id, task, post_id }) => [`${campaign_id} ${task}`, post_id]));
};

export const findTerritoryOf = async (db: Reading, residenceId: string): Promise<string | undefined> => {
  const [row] = await db
    .select({ territoryId: residences.territoryId })
    .from(residences)
    .where(eq(residences.id, residenceId));
  return row?.territoryId;
};

export type Outcome = {
  id: string;
  downloads: number;
  residences: number;
  reached: number;
  opened: number;
  done: number | null;
  people: number | null;
};

/** What came of campaigns in one commune: papers taken there from the day it was opened to its end, tasks opened, and what its board shows of people. */
export const listOutcomes = async (
  db: Reading,
  campaignIds: readonly string[],
  insee: string,
  timeZone: string,
): Promise<ReadonlyMap<string, Outcome>> => {
  const { rows } = await clientOf(db).query<Outcome>(
    `select c.id, b.done, b.people, d.downloads, e.residences, t.reached, t.opened from campaigns c
        cross join lateral (select coalesce(sum(count), 0)::int as downloads from kit_downloads where slug = c.kit and commune = $2
          and day >= (c.opened_at at time zone $3)::date and day <= coalesce((c.closed_at at time zone $3)::date, c.last_day)) d
        cross join lateral (select count(*)::int as residences from residences where commune = $2 and (c.territory_id is null or territory_id = c.territory_id)) e
        cross join lateral (select count(distinct t.residence_id)::int as reached, count(*)::int as opened from campaign_tasks t join residences r on r.id = t.residence_id
          where t.campaign_id = c.id and r.commune = $2) t
        left join campaign_boards b on b.campaign_id = c.id and b.commune = $2
      where c.id = any($1)`,
    [campaignIds, insee, timeZone],
  );
  return new Map(rows.map((row) => [row.id, row]));
};

/** The favours done for the tasks of campaigns whose last day is `since` or later, by campaign and commune of the residence. */
export const listFavoursDone = async (db: Database, since: string) => {
  const { rows } = await db.$client.query<{ id: string; commune: string; helper: string; beneficiary: string }>(
    `select t.campaign_id as id, r.commune, f.helper_id as helper, f.beneficiary_id as beneficiary
      from campaigns c join campaign_tasks t on t.campaign_id = c.id join residences r on r.id = t.residence_id join favours f on f.post_id = t.post_id
      where c.last_day >= $1 and f.state = 'done'`,
    [since],
  );
  return rows;
};

export const findBoards = async (db: Database, campaignIds: readonly string[]) => {
  const { rows } = await db.$client.query<{ id: string; commune: string; done: number | null; people: number | null }>(
    'select campaign_id as id, commune, done, people from campaign_boards where campaign_id = any($1)',
    [campaignIds],
  );
  return rows;
};

/** A campaign's board in one commune. */
export type BoardRow = { campaignId: string; commune: string; done: number | null; people: number | null };

/** Shows values on boards of campaigns, in one statement: never less than they showed. */
export const upsertCampaignBoards = async (tx: Transaction, rows: readonly BoardRow[], at: Date): Promise<void> => {
  await clientOf(tx).query(
    `insert into campaign_boards (campaign_id, commune, done, people, refreshed_at)
      select campaign_id, commune, done, people, $5 from unnest($1::uuid[], $2::text[], $3::int[], $4::int[]) as b(campaign_id, commune, done, people)
      on conflict (campaign_id, commune) do update set done = greatest(campaign_boards.done, excluded.done),
        people = greatest(campaign_boards.people, excluded.people), refreshed_at = excluded.refreshed_at`,
    [
      rows.map(({ campaignId }) => campaignId),
      rows.map(({ commune }) => commune),
      rows.map(({ done }) => done),
      rows.map(({ people }) => people),
      at,
    ],
  );
};

/** The communes that a territory has residences in, by their codes. */
export const listTerritoryCommunes = async (db: Reading, territoryId: string): Promise<string[]> => {
  const rows = await db
    .selectDistinct({ commune: residences.commune })
    .from(residences)
    .where(eq(residences.territoryId, territoryId))
    .orderBy(asc(residences.commune));
  return rows.map(({ commune }) => commune);
};
