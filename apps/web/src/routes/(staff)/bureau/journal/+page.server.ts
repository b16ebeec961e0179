import type { AuditItem } from '@palier/domain/moderation';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { actionsNamed } from '#lib/moderation/journal-words.ts';
import type { PageServerLoad } from './$types';

type Log = { items: AuditItem[]; next: string | null };

export const load: PageServerLoad = async ({ fetch, url }) => {
  const q = url.searchParams.get('q')?.slice(0, 60) ?? '';
  const cursor = url.searchParams.get('suite');
  const { items, next } = await forPage(
    url,
    apiFor(fetch).get<Log>('/api/audit', { q, action: actionsNamed(q), cursor, limit: 50 }),
  );
  return { items, next, q };
};
