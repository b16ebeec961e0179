import { inTransaction, type Transaction, watchAs } from '@palier/db';
import { alarmAgainMs, alarmWidth } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { notify } from '../notifications/index.ts';
import { record } from '../record.ts';
import { listKeepersOf, listReadersOf } from './checks.queries.ts';
import { byItself, coverageMoved } from './watch-event.ts';

const batch = 100;
type Raised = { id: string; round_id: string; residence_id: string };

/** Writes down the alarm of a check that is now `escalated`; its readers are told by `tellAlarms`. */
export const raise = async (tx: Transaction, check: Raised, now: Date): Promise<void> => {
  const at = now.toISOString();
  await tx.execute(
    sql`insert into watch_escalations (check_id, raised_at, tell_at) values (${check.id}, ${at}, ${at}) on conflict do nothing`,
  );
  await record(
    tx,
    {
      ...byItself(now),
      action: 'check.escalate',
      subject: 'check',
      subjectId: check.id,
      residenceId: check.residence_id,
    },
    [coverageMoved(check.round_id)],
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
    for (const check of rows) await raise(tx, check, ctx.now);
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
 * One call an account, however many alarms are due. Resolves with how many alarms were told.
 */
export const tellAlarms = async (ctx: Context<null>): Promise<number> => {
  const { now } = ctx;
  const told = await inTransaction(ctx.db, async (tx) => {
    await watchAs(tx, 'house', now);
    const { rows } = await tx.execute<Due>(sql`
      select x.check_id, x.told, c.person_id, p.residence_id from watch_escalations x join watch_checks c on c.id = x.check_id join watch_people p on p.id = c.person_id
      where x.tell_at <= ${now.toISOString()} and c.state = 'escalated' and x.acknowledged_at is null order by x.tell_at for update of x skip locked`);
    if (rows.length === 0) return 0;
    const people = [...new Set(rows.map((row) => row.person_id))];
    const readers = await listReadersOf(tx, people, now);
    const wide: Due[] = [];
    for (const row of rows) {
      const next = new Date(now.getTime() + alarmAgainMs(row.told));
      await tx.execute(
        sql`update watch_escalations set told = told + 1, tell_at = ${next.toISOString()} where check_id = ${row.check_id}`,
      );
      const isAlone = alarmWidth(row.told) === 'readers' && (await listReadersOf(tx, [row.person_id], now)).length > 0;
      if (!isAlone) wide.push(row);
    }
    const keepers = await listKeepersOf(tx, [...new Set(wide.map((row) => row.residence_id))]);
    const notices = [
      ...readers.map((accountId) => ({ accountId, kind: 'watch', turn: 'alarm' }) as const),
      ...keepers
        .filter((id) => !readers.includes(id))
        .map((accountId) => ({ accountId, kind: 'watch', turn: 'alarm-near' }) as const),
    ];
    await notify(
      tx,
      { ...byItself(now), action: 'alarm.tell', subject: 'check', reason: String(rows.length) },
      notices,
    );
    return rows.length;
  });
  if (told > 0) ctx.doorbell.ring();
  return told;
};
