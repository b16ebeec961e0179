import { inTransaction, watchAs } from '@palier/db';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { keepRounds } from './keep-rounds.ts';
import { makeChecks, makeMissed } from './make-checks.ts';
import { tellOffers } from './offers.ts';
import { raiseAlarms, tellAlarms } from './raise-alarms.ts';

/** Takes back what was held too long, offers again what nobody answered, and lets go of whoever is no longer on the watch. */
const moveOn = (ctx: Context<null>): Promise<void> =>
  inTransaction(ctx.db, async (tx) => {
    await watchAs(tx, 'house', ctx.now);
    const at = ctx.now.toISOString();
    await tx.execute(sql`
      update watch_checks c set state = 'cancelled', held_until = null, ended_at = ${at} from watch_people p
      where p.id = c.person_id and c.state in ('due', 'claimed', 'no-answer', 'escalated') and (p.withdrawn_at is not null or p.lapses_at <= ${at})`);
    await tx.execute(
      sql`update watch_checks set state = 'due', held_by = null, held_until = null, told_at = null where state = 'claimed' and held_until <= ${at}`,
    );
    await tx.execute(
      sql`update watch_checks set state = 'due', held_by = null, told_at = null where state = 'no-answer' and offered_at <= ${at} and escalates_at > ${at}`,
    );
  });

/**
 * Moves the watch on, every minute: checks that were missed and alarms first, then rounds, checks, and whoever is to be told. Each part is a transaction of its own that may be cut, run twice or run late, and does its
 * work once. The instant is the context's.
 */
export const tickRounds = async (ctx: Context<null>): Promise<void> => {
  await moveOn(ctx);
  await makeMissed(ctx);
  await raiseAlarms(ctx);
  await tellAlarms(ctx);
  await keepRounds(ctx);
  await makeChecks(ctx);
  await raiseAlarms(ctx);
  await tellAlarms(ctx);
  await tellOffers(ctx);
  ctx.doorbell.ring();
};
