import type { WatchBoard } from '@palier/domain/watch';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { body: board, seq } = await forPage(url, apiFor(fetch).read<WatchBoard>('/api/watch/board'));
  return { board, seq };
};
