import type { Transaction } from '@palier/db';
import { expiryReason } from '@palier/domain/posts';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import { type DuePost, listDuePosts, lockDuePost } from './due-posts.queries.ts';
import { claimCallEnd, claimDone, claimRelease } from './places-taken.queries.ts';
import { favourEvent, postEvent } from './post-events.ts';
import { claimEnd } from './posts.queries.ts';

const batch = 200;
const batchesMax = 500;

/** What becomes of a post at its date: nobody else is looked for if someone has said yes, else it ends. */
const settle = async (tx: Transaction, post: DuePost, now: Date) => {
  const reason = expiryReason({ state: post.state, hasWindow: post.windowTo !== null });
  if (post.state === 'open' && post.taken > 0) {
    await claimCallEnd(tx, post.id, now);
    const released = await claimRelease(tx, post.id, now, 'standby');
    const isDone = await claimDone(tx, post.id, now);
    return { action: 'post.fill', change: isDone ? 'done' : 'filled', reason, released } as const;
  }
  await claimEnd(tx, post.id, post.state, { state: 'expired', reason }, now);
  return { action: 'post.expire', change: 'closed', reason, released: await claimRelease(tx, post.id, now) } as const;
};

const expireOne = (ctx: Context<unknown>, postId: string): Promise<boolean> =>
  mutate(ctx, async (tx) => {
    const post = await lockDuePost(tx, postId, ctx.now);
    if (!post) return false;
    const { action, change, reason, released } = await settle(tx, post, ctx.now);
    await record(
      tx,
      {
        at: ctx.now,
        actorId: null,
        actorRole: 'system',
        action,
        subject: 'post',
        subjectId: post.id,
        residenceId: post.residenceId,
        commune: post.commune,
        reason,
      },
      [
        postEvent(post, change),
        ...(change === 'filled' ? [{ kind: 'audit', change: action, postId: post.id } as const] : []),
        ...released.map((favour) => favourEvent(favour, post.id, 'released')),
      ],
    );
    return true;
  });

/**
 * Ends what has come to its date, a batch at a time, and answers how many posts changed: `not-examined`, `date-passed` or `no-answer`, favours released.
 * One that cannot be ended is logged and does not keep the others; the job fails once they are done.
 * A post somebody said yes to stops looking for others at its end, and keeps them: it waits for one of them to say that it is done. Safe to run twice at once.
 */
export const expirePosts = async (ctx: Context<unknown>): Promise<number> => {
  let changed = 0;
  let failure: { error: unknown } | undefined;
  for (let n = 0; n < batchesMax; n++) {
    const due = await listDuePosts(ctx.db, ctx.now, batch);
    let changedHere = 0;
    for (const id of due) {
      try {
        if (await expireOne(ctx, id)) changedHere++;
      } catch (error) {
        ctx.log.error({ err: error, postId: id }, 'a post could not be ended');
        failure ??= { error };
      }
    }
    changed += changedHere;
    if (due.length < batch || changedHere === 0) break;
  }
  if (failure) throw failure.error;
  return changed;
};
