import type { Transaction } from '@palier/db';
import type { CheckOutcome, WatchEnding, WatchStep, Way } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';

const covered = sql`(c.state in ('reached', 'needs-something', 'emergency-called', 'closed'))`;
const isCounted = sql`c.state <> 'cancelled'`;
const dayMs = 86_400_000;
const since = (now: Date) => new Date(now.getTime() - dayMs).toISOString();

/** How the doors of the last 24 hours stand, by residence and stair, of the people whom the wall shows. */
export const countCoverage = async (tx: Transaction, now: Date) => {
  const { rows } = await tx.execute<{
    residence_id: string;
    residence: string;
    stair: string | null;
    due: number;
    covered: number;
    waiting: number;
    escalated: number;
  }>(sql`
    select e.id as residence_id, e.name as residence, s.name as stair, count(*)::int as due, count(*) filter (where ${covered})::int as covered,
      count(*) filter (where c.state in ('due', 'claimed', 'no-answer'))::int as waiting, count(*) filter (where c.state = 'escalated')::int as escalated
    from watch_checks c join watch_people p on p.id = c.person_id join residences e on e.id = p.residence_id left join stairs s on s.id = p.stair_id
    where (c.due_at > ${since(now)} or c.state = 'escalated') and ${isCounted} and p.withdrawn_at is null and p.lapses_at > ${now.toISOString()} group by 1, 2, 3 order by 2, 3 nulls first`);
  return rows.map(({ residence_id, ...row }) => ({ residenceId: residence_id, ...row }));
};

/** How many people of a commune had a check in the last 24 hours, and how these stand; for `communeCoverage` alone. */
export const countCommune = async (tx: Transaction, insee: string, now: Date) => {
  const { rows } = await tx.execute<{ people: number; due: number; covered: number }>(sql`
    select count(distinct p.id)::int as people, count(c.id)::int as due, count(c.id) filter (where ${covered})::int as covered
    from watch_people p join residences e on e.id = p.residence_id join watch_checks c on c.person_id = p.id and c.due_at > ${since(now)} and ${isCounted}
    where e.commune = ${insee} and p.withdrawn_at is null and p.lapses_at > ${now.toISOString()}`);
  return rows[0] ?? { people: 0, due: 0, covered: 0 };
};

/** All that whoever looks after residences sees: in which of them a check waits, and never how it stands. */
export const listWaiting = async (
  tx: Transaction,
  care: { residenceIds: readonly string[]; territoryIds: readonly string[] },
  now: Date,
) => {
  const nobody = '00000000-0000-0000-0000-000000000000';
  const { rows } = await tx.execute<{ id: string; name: string }>(sql`
    select e.id, e.name
    from watch_checks c join watch_people p on p.id = c.person_id join residences e on e.id = p.residence_id
    where c.state in ('due', 'claimed', 'no-answer', 'escalated') and p.withdrawn_at is null and p.lapses_at > ${now.toISOString()}
      and (e.id in ${[nobody, ...care.residenceIds]} or e.territory_id in ${[nobody, ...care.territoryIds]})
    group by 1, 2 order by 2, 1`);
  return rows.map(({ id, name }) => ({ residenceId: id, residence: name }));
};

/** The territories of the people whom an account is named to read. */
export const listTerritoriesRead = async (tx: Transaction): Promise<string[]> => {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select distinct e.territory_id as id from watch_people p join residences e on e.id = p.residence_id where p.id in (select watch_read())`,
  );
  return rows.map(({ id }) => id);
};

type Named<T> = T & { at: string; by: string | null };

/** What was done about a check, in order: who went or called, what somebody noted, and how its alarm stands. */
export const readCourse = async (tx: Transaction, checkId: string) => {
  const attempts = await tx.execute<{ at: string; way: Way; outcome: CheckOutcome | null }>(
    sql`select coalesce(answered_at, claimed_at) as at, way, outcome from watch_attempts where check_id = ${checkId} order by claimed_at`,
  );
  const steps = await tx.execute<Named<{ step: WatchStep }>>(
    sql`select s.at, s.step, a.display_name as by from watch_steps s left join accounts a on a.id = s.account_id where s.check_id = ${checkId} order by s.at`,
  );
  const alarms = await tx.execute<{
    raised_at: string;
    told: number;
    acknowledged_at: string | null;
    acknowledged_by: string | null;
    ended_at: string | null;
    ended_by: string | null;
    ending: WatchEnding | null;
  }>(sql`
    select x.raised_at, x.told, x.acknowledged_at, a.display_name as acknowledged_by, x.ended_at, b.display_name as ended_by, x.ending
    from watch_escalations x left join accounts a on a.id = x.acknowledged_by left join accounts b on b.id = x.ended_by where x.check_id = ${checkId}`);
  return { attempts: attempts.rows, steps: steps.rows, alarm: alarms.rows[0] };
};

/** Whom to call for a person, in order, as the wall shows it. */
export const listContactsOf = async (tx: Transaction, personId: string) => {
  const { rows } = await tx.execute<{ name: string; phone: string }>(
    sql`select name, phone from watch_contacts where person_id = ${personId} order by place`,
  );
  return rows.map(({ name, phone }) => ({ name, phone }));
};
