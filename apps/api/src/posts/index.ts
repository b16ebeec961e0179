import fp from 'fastify-plugin';
import { residentsOnly } from '../plugins/scopes.ts';
import { createPostRoute } from './create-post.ts';

export { findStoredPosts } from './stored-posts.queries.ts';

export const postsRoutes = fp(async (app) => {
  await app.register(residentsOnly(createPostRoute));
});
