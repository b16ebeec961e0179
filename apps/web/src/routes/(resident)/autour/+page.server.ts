import { isSensitive } from '@palier/domain/posts';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import type { PostPage } from '#lib/posts/feed.svelte.ts';
import { queryOf, readFilters } from '#lib/posts/filters.ts';
import { categories } from '#lib/posts/words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, fetch, parent }) => {
  const { resident } = await parent();
  const filters = readFilters(url.searchParams);
  const cursor = url.searchParams.get('cursor');
  const reading = apiFor(fetch).read<PostPage>('/api/posts', {
    ...queryOf(filters),
    cursor,
  });
  const { body, seq } = await forPage(url, reading);
  return {
    filters,
    posts: body.items,
    reasons: body.reasons ?? {},
    next: body.next,
    seq,
    isFirstPage: !cursor,
    /** Where this resident may not be the helper yet. */
    closedTo: resident.trust === 'new' ? categories.filter(isSensitive) : [],
  };
};
