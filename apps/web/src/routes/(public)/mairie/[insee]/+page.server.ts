import type { TownMessage, UsefulNumber } from '@palier/domain/insights';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { coolMapOf } from '#lib/kits/cool-map.server.ts';
import type { CoolPlaces } from '#lib/kits/cool-places.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, params }) => {
  const api = apiFor(fetch);
  const at = `/api/communes/${encodeURIComponent(params.insee)}`;
  const { commune, items } = await forPage(
    url,
    api.getAll<{ commune: string; items: TownMessage[] }>(`${at}/messages`),
  );
  const numbers = await forPage(url, api.getAll<{ items: UsefulNumber[] }>(`${at}/useful-numbers`));
  const cool = await forPage(url, api.getAll<CoolPlaces>(`${at}/cool-places`));
  return {
    commune,
    messages: items,
    numbers: numbers.items,
    cool: cool.items,
    map: coolMapOf(params.insee, cool.items),
  };
};
