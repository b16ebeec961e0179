import type { SideBySide } from '@palier/domain/insights';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const query = { period: url.searchParams.get('periode'), cursor: url.searchParams.get('suite') };
  const { body: view, seq } = await forPage(url, apiFor(fetch).read<SideBySide>('/api/me/insights', query));
  const asked = url.searchParams.get('indicateur');
  const chosen = view.indicators.find(({ id }) => id === asked) ?? view.indicators.find(({ id }) => id === 'active');
  return { view, seq, chosen: chosen ?? null };
};
