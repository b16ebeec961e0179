import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { notify } from '../notifications/index.ts';
import { findStoredPost } from '../posts/index.ts';
import { deleteMatches } from './matches.queries.ts';
import { endTelling, findAuthorAccount, lockTelling } from './tellings.queries.ts';

/** Forgets what a post fitted once it is over, tells nobody more of it, and tells its author if it ended by itself. Run twice, it ends the same. */
export const endMatching = (ctx: Context<unknown>, input: { postId: string }): Promise<void> =>
  mutate(ctx, async (tx) => {
    const { postId } = input;
    await lockTelling(tx, postId);
    const post = await findStoredPost(tx, postId);
    if (!post || post.state === 'open' || post.state === 'filled' || post.state === 'held') return;
    await deleteMatches(tx, postId);
    await endTelling(tx, postId);
    const accountId = post.state === 'expired' ? await findAuthorAccount(tx, post.authorId) : null;
    if (!accountId) return;
    const { residenceId, commune } = post;
    const entry = { at: ctx.now, actorId: null, actorRole: 'system', action: 'post.end', subject: 'post' } as const;
    await notify(tx, { ...entry, subjectId: postId, residenceId, commune }, [{ accountId, kind: 'expired', postId }]);
  });
