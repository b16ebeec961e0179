import fp from 'fastify-plugin';
import { residentsOnly } from '../plugins/scopes.ts';
import { createPostRoute } from './create-post.ts';
import { editPostRoute } from './edit-post.ts';
import { listOwnPostsRoute } from './list-own-posts.ts';
import { listPostsRoute } from './list-posts.ts';
import { readPostRoute } from './read-post.ts';
import { withdrawPostRoute } from './withdraw-post.ts';

export { viewerOf } from './as-answer.ts';
export { calmPosts } from './calm-posts.ts';
export { createPost } from './create-post.ts';
export { type DueSeries, findSeriesModel, listSkips } from './due-posts.queries.ts';
export { expirePosts } from './expire-posts.ts';
export { type AtEachDate, makeDates, makeSeriesPosts, writeDates } from './make-series-posts.ts';
export { feedMemoryOf, openFeedMemory } from './memory/feed-memory.ts';
export { feedReadsOf } from './memory/meter.ts';
export { listBlockedOf, listFavoursTogether, listLanguages } from './neighbours.queries.ts';
export { extendLife } from './own-posts.queries.ts';
export { claimDone, claimRelease } from './places-taken.queries.ts';
export { favourEvent, postEvent, reachEvent } from './post-events.ts';
export { claimEdit, claimEnd } from './posts.queries.ts';
export { findVisiblePost, PostId, readPost } from './read-post.ts';
export { beginningFor, screenWords } from './screening.ts';
export { findRoutes, findStoredPost, findStoredPosts, findToldPosts, lockOwnPost } from './stored-posts.queries.ts';
export { withdrawPost } from './withdraw-post.ts';

export const postsRoutes = fp(async (app) => {
  await app.register(
    residentsOnly(createPostRoute, listPostsRoute, listOwnPostsRoute, readPostRoute, editPostRoute, withdrawPostRoute),
  );
});
