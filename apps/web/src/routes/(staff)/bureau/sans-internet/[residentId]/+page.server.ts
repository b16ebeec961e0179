import type { ActingSheet } from '@palier/domain/offline';
import { error } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { PageServerLoad } from './$types';

const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const load: PageServerLoad = async ({ params, url, fetch }) => {
  if (!isId.test(params.residentId)) error(404, sentenceOf('resource.absent'));
  const path = `/api/offline-residents/${params.residentId}/sheet`;
  return await forPage(url, apiFor(fetch).get<{ sheet: ActingSheet }>(path));
};
