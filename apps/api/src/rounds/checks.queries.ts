import type { Transaction } from '@palier/db';
import type { Cell } from '@palier/domain/places';
import type { CheckState, Way } from '@palier/domain/watch';
import type { WeatherColour } from '@palier/domain/weather';
import { type SQL, sql } from 'drizzle-orm';

/** A check with its person and place, as the product's own work sees it; what of it somebody is shown, the use case says. */
export type Check = {
  id: string;
  roundId: string;
  personId: string;
  residentId: string;
  state: CheckState;
  colour: WeatherColour;
  attempts: number;
  dueAt: Date;
  escalatesAt: Date;
  offeredAt: Date;
  heldBy: string | null;
  heldUntil: Date | null;
  name: string;
  floor: number | null;
  door: string;
  topFloor: boolean;
  phone: string;
  residenceId: string;
  residence: string;
  stair: string | null;
  stairId: string | null;
  cell: Cell;
  commune: string;
  territoryId: string;
  triedBy: string[];
};

type Row = {
  id: string;
  round_id: string;
  person_id: string;
  resident_id: string;
  state: CheckState;
  colour: WeatherColour;
  attempts: number;
  due_at: string;
  escalates_at: string;
  offered_at: string;
  held_by: string | null;
  held_until: string | null;
  name: string;
  floor: number | null;
  door: string;
  top_floor: boolean;
  phone: string;
  residence_id: string;
  residence: string;
  stair: string | null;
  stair_id: string | null;
  cell: Cell;
  commune: string;
  territory_id: string;
  tried_by: string[];
};

const checkOf = (row: Row): Check => ({
  id: row.id,
  roundId: row.round_id,
  personId: row.person_id,
  residentId: row.resident_id,
  state: row.state,
  colour: row.colour,
  attempts: row.attempts,
  dueAt: new Date(row.due_at),
  escalatesAt: new Date(row.escalates_at),
  offeredAt: new Date(row.offered_at),
  heldBy: row.held_by,
  heldUntil: row.held_until === null ? null : new Date(row.held_until),
  name: row.name,
  floor: row.floor,
  door: row.door,
  topFloor: row.top_floor,
  phone: row.phone,
  residenceId: row.residence_id,
  residence: row.residence,
  stair: row.stair,
  stairId: row.stair_id,
  cell: row.cell,
  commune: row.commune,
  territoryId: row.territory_id,
  triedBy: row.tried_by,
});

/** Checks of people who are on the watch at this moment, for which the condition holds (`c` the check, `p` the person, `e` the residence), soonest alarm first. */
export const listChecks = async (tx: Transaction, now: Date, where: SQL, limit = 500): Promise<Check[]> => {
  const { rows } = await tx.execute<Row>(sql`
    select c.id, c.round_id, c.person_id, p.resident_id, c.state, c.colour, c.attempts, c.due_at, c.escalates_at, c.offered_at, c.held_by, c.held_until, p.name, p.floor, p.door,
      p.top_floor, p.phone, p.residence_id, e.name as residence, s.name as stair, p.stair_id, e.cell, e.commune, e.territory_id,
      array(select distinct a.account_id::text from watch_attempts a where a.check_id = c.id and a.outcome = 'no-answer' and a.account_id is not null) as tried_by
    from watch_checks c join watch_people p on p.id = c.person_id join residences e on e.id = p.residence_id left join stairs s on s.id = p.stair_id
    where p.withdrawn_at is null and p.lapses_at > ${now.toISOString()} and ${where}
    order by c.escalates_at, c.id limit ${limit}`);
  return rows.map(checkOf);
};

/** One check, its row held until the transaction ends: what is decided about it is decided one after the other. */
export const lockCheck = async (tx: Transaction, id: string, now: Date): Promise<Check | undefined> => {
  await tx.execute(sql`select from watch_checks where id = ${id} for update`);
  const [check] = await listChecks(tx, now, sql`c.id = ${id}`, 1);
  return check;
};

/** Whether this account is named to read the person at this moment. */
export const isReaderOf = async (tx: Transaction, accountId: string, personId: string, now: Date): Promise<boolean> => {
  const at = now.toISOString();
  const { rows } = await tx.execute(sql`
    select from watch_readers where person_id = ${personId} and account_id = ${accountId} and refused_at is null and ended_at is null and effective_at <= ${at} and ends_at > ${at}`);
  return rows.length > 0;
};

/** The territory in which this resident is accepted for the watch; undefined when in none. */
export const findVolunteering = async (tx: Transaction, residentId: string): Promise<string | undefined> => {
  const { rows } = await tx.execute<{ territory_id: string }>(
    sql`select territory_id from watch_volunteers where resident_id = ${residentId} and accepted_at is not null and ended_at is null`,
  );
  return rows[0]?.territory_id;
};

/** Who is named to read which of these people at this moment. */
export const listReadersOf = async (tx: Transaction, personIds: readonly string[], now: Date) => {
  if (personIds.length === 0) return [];
  const at = now.toISOString();
  const { rows } = await tx.execute<{ person_id: string; account_id: string }>(sql`
    select distinct person_id, account_id from watch_readers
    where person_id in ${personIds} and refused_at is null and ended_at is null and effective_at <= ${at} and ends_at > ${at}`);
  return rows.map((row) => ({ personId: row.person_id, accountId: row.account_id }));
};

/** Whoever looks after these residences or their territories. */
export const listKeepersOf = async (tx: Transaction, residenceIds: readonly string[]): Promise<string[]> => {
  if (residenceIds.length === 0) return [];
  const { rows } = await tx.execute<{ id: string }>(sql`
    select distinct g.account_id as id from role_grants g join residences r on (r.id = g.residence_id or r.territory_id = g.territory_id)
    where g.revoked_at is null and g.role in ('referent', 'coordinator') and r.id in ${residenceIds}`);
  return rows.map(({ id }) => id);
};

export type Volunteer = {
  accountId: string;
  residentId: string;
  territoryId: string;
  residenceId: string;
  cell: Cell;
};

/** Everyone accepted for the watch in these territories, who may act at this moment. */
export const listVolunteers = async (
  tx: Transaction,
  territoryIds: readonly string[],
  now: Date,
): Promise<Volunteer[]> => {
  if (territoryIds.length === 0) return [];
  const { rows } = await tx.execute<{
    account_id: string;
    resident_id: string;
    territory_id: string;
    residence_id: string;
    cell: Cell;
  }>(sql`
    select r.account_id, v.resident_id, v.territory_id, r.residence_id, e.cell
    from watch_volunteers v join residents r on r.id = v.resident_id join residences e on e.id = r.residence_id
    where v.territory_id in ${territoryIds} and v.accepted_at is not null and v.ended_at is null and r.account_id is not null and r.excluded_at is null and r.left_at is null
      and (r.paused_until is null or r.paused_until <= ${now.toISOString()})`);
  return rows.map((row) => ({
    accountId: row.account_id,
    residentId: row.resident_id,
    territoryId: row.territory_id,
    residenceId: row.residence_id,
    cell: row.cell,
  }));
};

/** Writes down that an account read of these people, as what: they see it themselves. A list that is looked at again within a quarter of an hour is one reading. */
export const noteReadings = async (
  tx: Transaction,
  readings: readonly { id: string; personId: string }[],
  by: { accountId: string; readAs: 'reader' | 'volunteer'; what: 'list' | 'check' | 'sheet' | 'contacts'; at: Date },
): Promise<void> => {
  if (readings.length === 0) return;
  const rows = JSON.stringify(readings.map(({ id, personId }) => ({ id, person_id: personId })));
  await tx.execute(sql`
    insert into watch_readings (id, person_id, account_id, read_as, what, at)
    select n.id, n.person_id, ${by.accountId}, ${by.readAs}, ${by.what}, ${by.at.toISOString()} from jsonb_to_recordset(${rows}::jsonb) as n(id uuid, person_id uuid)
    where not exists (select from watch_readings r where r.person_id = n.person_id and r.account_id = ${by.accountId} and r.what = ${by.what} and r.what <> 'check' and r.at > ${new Date(by.at.getTime() - 900_000).toISOString()})`);
};

export type AttemptRow = {
  id: string;
  checkId: string;
  way: Way;
  claimedAt: Date;
  outcome: 'reached' | 'needs-something' | 'no-answer' | 'emergency-called' | null;
};

/** An attempt that this account claimed itself. */
export const findOwnAttempt = async (
  tx: Transaction,
  id: string,
  accountId: string,
): Promise<AttemptRow | undefined> => {
  const { rows } = await tx.execute<{
    id: string;
    check_id: string;
    way: Way;
    claimed_at: string;
    outcome: AttemptRow['outcome'];
  }>(
    sql`select id, check_id, way, claimed_at, outcome from watch_attempts where id = ${id} and account_id = ${accountId}`,
  );
  const row = rows[0];
  return row && { ...row, checkId: row.check_id, claimedAt: new Date(row.claimed_at) };
};
