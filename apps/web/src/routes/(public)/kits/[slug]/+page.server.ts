import type { KitView } from '@palier/domain/kits';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { coolPlacesFor } from '#lib/kits/cool-places.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, locals, params }) => {
  const { locale } = locals;
  const path = `/api/kits/${encodeURIComponent(params.slug)}`;
  const api = apiFor(fetch);
  const kit = await forPage(url, api.get<KitView>(path, { locale }));
  const own = locals.me?.resident?.residence.commune ?? null;
  return { kit, locale, cool: kit.slug === 'heatwave' ? await coolPlacesFor(api, url, own) : null };
};
