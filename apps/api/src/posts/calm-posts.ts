import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { recordAll } from '../record.ts';
import { claimCalm } from './due-posts.queries.ts';
import { postEvent } from './post-events.ts';

const batch = 200;
const batchesMax = 500;

/**
 * Ends the urgency of open posts whose two hours are over (product.md, Ask) and tells every screen that shows them, a batch in each transaction; answers how many there were.
 * A cut leaves them for the next run, and twenty at once tell each once.
 */
export const calmPosts = async (ctx: Context<unknown>): Promise<number> => {
  let calmed = 0;
  for (let n = 0; n < batchesMax; n++) {
    const posts = await mutate(ctx, async (tx) => {
      const claimed = await claimCalm(tx, ctx.now, batch);
      await recordAll(
        tx,
        claimed.map((post) => ({
          entry: {
            ...{ at: ctx.now, actorId: null, actorRole: 'system', action: 'post.calm' },
            ...{ subject: 'post', subjectId: post.id, residenceId: post.residenceId, commune: post.commune },
          },
          event: postEvent(post, 'changed'),
        })),
      );
      return claimed.length;
    });
    calmed += posts;
    if (posts < batch) break;
  }
  return calmed;
};
