import type { ReaderLine, ReadingLine, WatchEntry } from '@palier/domain/watch';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import type { PageServerLoad } from './$types';

/** `?feuille`: who reads this person and every reading, to print and hand over. Either way it is a reading, which the person sees. */
export const load: PageServerLoad = async ({ fetch, url, params }) => {
  const isSheet = url.searchParams.has('feuille');
  const path = `/api/watch/people/${params.personId}${isSheet ? '/sheet' : ''}`;
  type Read = { entry: WatchEntry; readers: ReaderLine[]; readings?: ReadingLine[] };
  const { entry, readers, readings } = await forPage(url, apiFor(fetch).get<Read>(path));
  return { entry, readers, readings: readings ?? null, today: new Date().toISOString() };
};
