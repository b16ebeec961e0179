import { endingOf } from '@palier/domain/posts';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { type Notice, notify } from '../notifications/index.ts';
import { findStoredPost } from '../posts/index.ts';
import { forReferents } from './for-referents.ts';
import { deleteMatches } from './matches.queries.ts';
import { endTelling, findEnd, lockTelling } from './tellings.queries.ts';

/** Forgets what a post fitted once it is over, or looks for nobody else past its end; tells nobody more of it, and tells its author how, if it ended by itself. Run twice, it ends the same. */
export const endMatching = (ctx: Context<unknown>, input: { postId: string }): Promise<void> =>
  mutate(ctx, async (tx) => {
    const { postId } = input;
    const telling = await lockTelling(tx, postId);
    const post = await findStoredPost(tx, postId);
    const end = await findEnd(tx, postId);
    if (!post || !end || post.state === 'open' || post.state === 'held') return;
    const ending = endingOf({ ...post, ...end }, ctx.now);
    if (post.state === 'filled' && !ending) return;
    await deleteMatches(tx, postId);
    await endTelling(tx, postId);
    if (!ending) return;
    const { accountId } = end;
    const { residenceId, commune } = post;
    const entry = { at: ctx.now, actorId: null, actorRole: 'system', action: 'post.end', subject: 'post' } as const;
    const notices: Notice[] = accountId
      ? [{ accountId, kind: 'expired', postId, turn: ending }]
      : telling?.chaseAt
        ? await forReferents(tx, residenceId, 'offline-over')
        : [];
    await notify(tx, { ...entry, subjectId: postId, residenceId, commune }, notices);
  });
