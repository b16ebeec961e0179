import type { ResidenceLine } from '@palier/domain/residences';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { items } = await forPage(url, apiFor(fetch).getAll<{ items: ResidenceLine[] }>('/api/residences'));
  return { residences: items };
};
