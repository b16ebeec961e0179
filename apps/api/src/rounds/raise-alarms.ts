import { inTransaction, schema, type Transaction, watchAs } from '@palier/db';
import { alarmAgainMs, alarmWidth } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { writeNotices } from '../notifications/index.ts';
import { record, recordAll } from '../record.ts';
import { listKeepersOf, listReadersOf } from './checks.queries.ts';
import { byItself, coverageMoved } from './watch-event.ts';

const batch = 100;
/** From which telling on (from 0) whoever looks after the residence hears by e-mail too: the first two went unanswered. */
const mailedFrom = 2;
type Raised = { id: string; round_id: string; residence_id: string };

/** Writes down the alarms of checks that are now `escalated`; their readers are told by `tellAlarms`. */
export const raise = async (tx: Transaction, checks: readonly Raised[], now: Date): Promise<void> => {
  if (checks.length === 0) return;
  const rows = checks.map(({ id: checkId }) => ({ checkId, raisedAt: now, tellAt: now }));
  await tx.insert(schema.watchEscalations).values(rows).onConflictDoNothing();
  const act = { ...byItself(now), action: 'check.escalate', subject: 'check' } as const;
  await recordAll(
    tx,
    checks.map(({ id, round_id, residence_id }) => ({
      entry: { ...act, subjectId: id, residenceId: residence_id },
      event: coverageMoved(round_id),
    })),
  );
};

/** Escalates the checks whose time is up and that nobody holds, some at a time. */
const raiseBatch = (ctx: Context<null>): Promise<number> =>
  inTransaction(ctx.db, async (tx) => {
    await watchAs(tx, 'house', ctx.now);
    const at = ctx.now.toISOString();
    const { rows } = await tx.execute<Raised>(sql`
      with up as (
        select c.id from watch_checks c join watch_people p on p.id = c.person_id
        where c.state in ('due', 'no-answer') and c.escalates_at <= ${at} and p.withdrawn_at is null and p.lapses_at > ${at}
        order by c.escalates_at limit ${batch} for update of c skip locked)
      update watch_checks c set state = 'escalated' from up, watch_people p where c.id = up.id and p.id = c.person_id
      returning c.id, c.round_id, p.residence_id`);
    await raise(tx, rows, ctx.now);
    return rows.length;
  });

/** Raises the alarm for every door that nobody opened in its time; resolves with how many. */
export const raiseAlarms = async (ctx: Context<null>): Promise<number> => {
  let raised = 0;
  for (let more = batch; more === batch; raised += more) more = await raiseBatch(ctx);
  return raised;
};

type Due = { check_id: string; told: number; person_id: string; residence_id: string };

/**
 * Calls whoever is to hear of alarms that nobody acknowledged: the readers, at any hour; from the second time on whoever looks after the residence too, who reads only that a check waits there.
 * One call an account, however many alarms are due, on screen, on their devices and, since some have none, by an e-mail that says nothing of anyone. Resolves with how many alarms were told.
 */
export const tellAlarms = async (ctx: Context<null>): Promise<number> => {
  const { now } = ctx;
  const told = await inTransaction(ctx.db, async (tx) => {
    await watchAs(tx, 'house', now);
    const { rows } = await tx.execute<Due>(sql`
      select x.check_id, x.told, c.person_id, p.residence_id from watch_escalations x join watch_checks c on c.id = x.check_id join watch_people p on p.id = c.person_id
      where x.tell_at <= ${now.toISOString()} and c.state = 'escalated' and x.acknowledged_at is null order by x.tell_at for update of x skip locked`);
    if (rows.length === 0) return 0;
    for (const times of new Set(rows.map((row) => row.told))) {
      const next = new Date(now.getTime() + alarmAgainMs(times));
      const ids = rows.filter((row) => row.told === times).map((row) => row.check_id);
      await tx.execute(
        sql`update watch_escalations set told = told + 1, tell_at = ${next.toISOString()} where check_id in ${ids}`,
      );
    }
    const people = [...new Set(rows.map((row) => row.person_id))];
    const namings = await listReadersOf(tx, people, now);
    const readers = [...new Set(namings.map(({ accountId }) => accountId))];
    const read = new Set(namings.map(({ personId }) => personId));
    const wide = rows.filter((row) => alarmWidth(row.told) === 'keepers' || !read.has(row.person_id));
    const keepers = await listKeepersOf(tx, [...new Set(wide.map((row) => row.residence_id))]);
    const notices = [
      ...readers.map((accountId) => ({ accountId, kind: 'watch', turn: 'alarm' }) as const),
      ...keepers
        .filter((id) => !readers.includes(id))
        .map((accountId) => ({ accountId, kind: 'watch', turn: 'alarm-near' }) as const),
    ];
    const loud = rows.filter((row) => row.told >= mailedFrom);
    const called = loud.length > 0 ? await listKeepersOf(tx, [...new Set(loud.map((row) => row.residence_id))]) : [];
    const mails = [
      ...readers.map((sideA) => ({ kind: 'audit', change: 'mail.alarm', sideA }) as const),
      ...called
        .filter((id) => !readers.includes(id))
        .map((sideA) => ({ kind: 'audit', change: 'mail.alarm-near', sideA }) as const),
    ];
    const written = await writeNotices(tx, now, notices);
    const act = { ...byItself(now), action: 'alarm.tell', subject: 'check', reason: String(rows.length) };
    if (written.length > 0) await record(tx, act, [...written, ...mails]);
    return rows.length;
  });
  if (told > 0) ctx.doorbell.ring();
  return told;
};
