import { forgetPerson } from '@palier/db/data-map';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import { endOngoing } from './end-ongoing.ts';
import { listGraceOver, lockGraceOver } from './leaving.queries.ts';

const batch = 200;

const eraseOne = (ctx: Context<unknown>, accountId: string): Promise<boolean> =>
  mutate(ctx, async (tx) => {
    const person = await lockGraceOver(tx, accountId, ctx.now);
    if (!person) return false;
    await forgetPerson(tx, person);
    await record(
      tx,
      {
        at: ctx.now,
        actorId: null,
        actorRole: 'system',
        action: 'account.erase',
        subject: 'account',
        subjectId: accountId,
      },
      [{ kind: 'rights', change: 'sessions', sideA: accountId }],
    );
    return true;
  });

/**
 * Forgets whoever asked to leave 14 days ago, each in a transaction of its own, and answers how many; one that fails is logged, does not keep the others, and is tried again in an hour.
 * Safe to run twice at once.
 */
export const eraseDue = async (ctx: Context<unknown>): Promise<number> => {
  let erased = 0;
  for (const accountId of await listGraceOver(ctx.db, ctx.now, batch)) {
    try {
      await endOngoing(ctx, { accountId });
      if (await eraseOne(ctx, accountId)) erased++;
    } catch (error) {
      ctx.log.error({ err: error, accountId }, 'an account could not be erased');
    }
  }
  return erased;
};
