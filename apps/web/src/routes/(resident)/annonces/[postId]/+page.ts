import type { PageLoad } from './$types';

/** What only its author is shown of a post is read by its author's browser alone. */
export const load: PageLoad = async ({ data }) => ({
  ...data,
  author: data.post.mine ? await import('./author-parts.ts') : null,
});
