import { inTransaction, watchAs } from '@palier/db';
import { demoWatched, residentEmail, visitedLate } from '@palier/demo';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { listReadersOf } from './checks.queries.ts';
import { enterResults } from './enter-results.ts';

const emailsOf = (numbers: readonly number[]) => numbers.map((number) => residentEmail(number));
const everyone = emailsOf(demoWatched.map(({ number }) => number));
const late = emailsOf(visitedLate);

/** The demo's open checks that its people answer now, and of any alarm that rang for a day. */
const listOverdue = (ctx: Context<null>) =>
  inTransaction(ctx.db, async (tx) => {
    await watchAs(tx, 'house', ctx.now);
    const at = sql`${ctx.now.toISOString()}::timestamptz`;
    const { rows } = await tx.execute<{ id: string; person_id: string }>(sql`
      select c.id, c.person_id from watch_checks c join watch_people p on p.id = c.person_id join residents r on r.id = p.resident_id left join accounts a on a.id = r.account_id
        left join watch_escalations x on x.check_id = c.id
      where p.withdrawn_at is null and p.lapses_at > ${at} and (
        c.state in ('due', 'no-answer') and a.email in ${everyone}
          and ${at} > case when a.email in ${late} then c.escalates_at - (c.escalates_at - c.due_at) / 24 else c.due_at + (c.escalates_at - c.due_at) / 12 end
        or c.state = 'escalated' and x.raised_at < ${at} - case when a.email in ${everyone} then interval '2 hours' else interval '1 day' end
        or c.state = 'escalated' and c.attempts = 0 and a.email in ${everyone})
      order by c.escalates_at limit 50`);
    const readers = await listReadersOf(
      tx,
      rows.map((row) => row.person_id),
      ctx.now,
    );
    return rows.flatMap((row) => {
      const reader = readers.find(({ personId }) => personId === row.person_id);
      return reader ? [{ checkId: row.id, accountId: reader.accountId }] : [];
    });
  });

/**
 * Makes the visits that nobody makes in a demo: most within two hours in yellow, two people's in their last one, and alarms end after two hours (anybody's, after a day; at once what nobody ever tried,
 * because the demo stood still), so that a demo left to itself for weeks neither fills with alarms nor calls anyone for ever. As a reader of the person would, who types in what was written on paper. Never outside the demo.
 */
export const tendDemo = async (ctx: Context<null>): Promise<void> => {
  for (const { checkId, accountId } of await listOverdue(ctx)) {
    const actor = { accountId, sessionHash: '', locale: ctx.locale, roles: [], resident: null, emailConfirmed: true };
    const entries = [{ checkId, outcome: 'reached', at: ctx.now.toISOString() } as const];
    await enterResults({ ...ctx, actor }, { entries });
  }
};
