import type { ReaderLine, ReadingLine, WatchEntry } from '@palier/domain/watch';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import type { PageServerLoad } from './$types';

type Read = { entry: WatchEntry; readers: ReaderLine[] };
type Part = Read & { readings: ReadingLine[]; next: string | null };

/** Every reading, however many parts they come in: what is printed is whole. */
const wholeSheet = async (read: (path: string) => Promise<Part>, path: string): Promise<Part> => {
  const sheet = await read(path);
  while (sheet.next !== null) {
    const { readings, next } = await read(`${path}?cursor=${encodeURIComponent(sheet.next)}`);
    sheet.readings.push(...readings);
    sheet.next = next;
  }
  return sheet;
};

/** `?feuille`: who reads this person and every reading, to print and hand over. Either way it is a reading, which the person sees. */
export const load: PageServerLoad = async ({ fetch, url, params }) => {
  const path = `/api/watch/people/${encodeURIComponent(params.personId)}`;
  const today = new Date().toISOString();
  const read = <T extends Read>(at: string): Promise<T> => forPage(url, apiFor(fetch).get<T>(at));
  if (!url.searchParams.has('feuille')) return { ...(await read(path)), readings: null, today };
  const { entry, readers, readings } = await wholeSheet(read, `${path}/sheet`);
  return { entry, readers, readings, today };
};
