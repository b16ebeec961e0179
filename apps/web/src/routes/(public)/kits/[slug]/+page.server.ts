import type { KitView } from '@palier/domain/kits';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, locals, params }) => {
  const { locale } = locals;
  const path = `/api/kits/${encodeURIComponent(params.slug)}`;
  return { kit: await forPage(url, apiFor(fetch).get<KitView>(path, { locale })), locale };
};
