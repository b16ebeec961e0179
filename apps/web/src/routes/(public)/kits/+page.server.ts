import type { KitCard } from '@palier/domain/kits';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, locals }) => {
  const { locale } = locals;
  return { kits: (await forPage(url, apiFor(fetch).getAll<{ items: KitCard[] }>('/api/kits', { locale }))).items };
};
