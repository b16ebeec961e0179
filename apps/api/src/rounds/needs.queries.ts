import type { Transaction } from '@palier/db';
import type { Language, Trust } from '@palier/domain/accounts';
import { firstNameOf } from '@palier/domain/offline';
import type { ResidenceMode } from '@palier/domain/residences';
import { needWithinMs, type OpenNeed } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';

/** How many visits without a request are shown again, the latest first. */
const needsMax = 30;

/** The visits of the last 24 h in which this account heard that something is needed and no request was opened, of people still on the watch. */
export const listNeeds = async (tx: Transaction, accountId: string, now: Date): Promise<OpenNeed[]> => {
  const since = new Date(now.getTime() - needWithinMs).toISOString();
  const { rows } = await tx.execute<{ id: string; name: string }>(sql`
    select a.id, p.name from watch_attempts a join watch_checks c on c.id = a.check_id join watch_people p on p.id = c.person_id
    where a.account_id = ${accountId} and a.outcome = 'needs-something' and a.asked_at is null and a.answered_at >= ${since}
      and p.withdrawn_at is null and p.lapses_at > ${now.toISOString()}
    order by a.answered_at desc, a.id limit ${needsMax}`);
  return rows.map(({ id, name }) => ({ attemptId: id, firstName: firstNameOf(name) ?? name }));
};

/** When an attempt was answered, and when a request was opened from it. */
export const findAsked = async (tx: Transaction, attemptId: string) => {
  const { rows } = await tx.execute<{ answered_at: string | null; asked_at: string | null }>(
    sql`select answered_at, asked_at from watch_attempts where id = ${attemptId}`,
  );
  const dateOf = (at: string | null | undefined) => (at ? new Date(at) : null);
  return { answeredAt: dateOf(rows[0]?.answered_at), askedAt: dateOf(rows[0]?.asked_at) };
};

/** Marks that a request is opened from this attempt; false when one was. */
export const claimNeed = async (tx: Transaction, attemptId: string, now: Date): Promise<boolean> => {
  const { rows } = await tx.execute(sql`
    update watch_attempts set asked_at = ${now.toISOString()} where id = ${attemptId} and outcome = 'needs-something' and asked_at is null returning id`);
  return rows.length === 1;
};

type Visited = {
  id: string;
  residenceId: string;
  stairId: string | null;
  trust: Trust;
  displayName: string;
  cell: string;
  commune: string;
  pausedUntil: string | null;
  mode: ResidenceMode;
  language: Language;
};

/** The resident that a person on the watch is, where they live, and the language of their entry; undefined once they left. */
export const findVisited = async (tx: Transaction, personId: string) => {
  const { rows } = await tx.execute<Visited>(sql`
    select r.id, r.residence_id as "residenceId", r.stair_id as "stairId", r.trust, r.display_name as "displayName", e.cell, e.commune, r.paused_until as "pausedUntil", e.mode, p.language
    from watch_people p join residents r on r.id = p.resident_id join residences e on e.id = r.residence_id
    where p.id = ${personId} and r.excluded_at is null and r.left_at is null`);
  const row = rows[0];
  if (!row) return undefined;
  const { language, pausedUntil, ...resident } = row;
  return { language, resident: { ...resident, pausedUntil: pausedUntil === null ? null : new Date(pausedUntil) } };
};
