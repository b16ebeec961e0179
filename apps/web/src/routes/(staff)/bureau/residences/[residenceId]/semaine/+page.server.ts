import type { ResidenceWeek } from '@palier/domain/residences';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => ({
  week: await forPage(
    url,
    apiFor(fetch).get<ResidenceWeek>(`/api/residences/${encodeURIComponent(params.residenceId)}/week`),
  ),
});
