import type { Context } from '../context.ts';
import { matchPost } from './match-post.ts';
import { listUnplanned } from './tellings.queries.ts';

const atOnce = 1_000;

/** Matches, and plans to tell, open posts that were never matched: those that came with a whole territory rather than one by one. How many there were. */
export const matchUnplanned = async (ctx: Context<unknown>): Promise<number> => {
  const ids = await listUnplanned(ctx.db, ctx.now, atOnce);
  for (const postId of ids) await matchPost(ctx, { postId });
  return ids.length;
};
