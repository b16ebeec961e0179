import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { withdrawFavour } from '../favours/index.ts';
import { mutate } from '../mutate.ts';
import { residentActorOf } from '../plugins/session.ts';
import { withdrawPost } from '../posts/index.ts';
import { record } from '../record.ts';
import { claimSeriesEnds, findResidentOf, listOngoing } from './leaving.queries.ts';

/** What ended by itself meanwhile is no failure. */
const unlessOver = async (work: Promise<unknown>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
};

/**
 * Ends what someone who leaves had still to do with others, so that nobody waits for them: their posts are withdrawn, their series end, their yeses taken back; a standby takes the place, and the other side hears
 * of it as of any such end. Safe to run twice.
 */
export const endOngoing = async (
  ctx: Context<unknown>,
  who: { accountId: string } | { residentId: string },
): Promise<void> => {
  const resident = await findResidentOf(ctx.db, who);
  if (!resident?.leftAt) return; // they came back meanwhile
  const actor = residentActorOf(resident.accountId ?? resident.id, resident);
  const acting = { ...ctx, actor };
  await mutate(ctx, async (tx) => {
    if ((await claimSeriesEnds(tx, resident.id, ctx.now)) === 0) return;
    await record(tx, {
      at: ctx.now,
      actorId: actor.accountId,
      actorRole: 'resident',
      action: 'series.end',
      subject: 'resident',
      subjectId: resident.id,
    });
  });
  const { postIds, favourIds } = await listOngoing(ctx.db, resident.id);
  for (const postId of postIds) await unlessOver(withdrawPost(acting, { postId, reason: 'other' }));
  for (const favourId of favourIds) await unlessOver(withdrawFavour(acting, { favourId, reason: 'other' }));
};
