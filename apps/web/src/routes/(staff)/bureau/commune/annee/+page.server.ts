import type { YearView } from '@palier/domain/insights';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { officeAsked } from '#lib/insights/office.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { insee } = officeAsked((await parent()).me, url);
  const year = url.searchParams.get('annee') ?? String(new Date().getUTCFullYear());
  return { insee, view: await forPage(url, apiFor(fetch).get<YearView>(`/api/communes/${insee}/year`, { year })) };
};
