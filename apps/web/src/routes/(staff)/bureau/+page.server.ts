import type { CaseCard } from '@palier/domain/moderation';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { deskHomeOf } from '#lib/desk/has-desk.ts';
import type { PageServerLoad } from './$types';

type Cases = { items: CaseCard[]; next: string | null };

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const home = deskHomeOf((await parent()).me);
  if (home !== '/bureau') redirect(303, home);
  const isDecided = url.searchParams.get('vue') === 'decide';
  const query = { state: isDecided ? 'decided' : 'waiting', cursor: url.searchParams.get('suite') };
  const { body, seq } = await forPage(url, apiFor(fetch).read<Cases>('/api/moderation/cases', query));
  return { cases: body.items, next: body.next, isDecided, isDone: url.searchParams.has('fait'), seq };
};
