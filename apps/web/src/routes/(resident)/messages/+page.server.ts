import type { ConversationView } from '@palier/domain/messaging';
import { timeZoneOfCommune } from '@palier/domain/places';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import type { PageServerLoad } from './$types';

type Page = { items: ConversationView[]; next: string | null };

export const load: PageServerLoad = async ({ fetch, url, parent, depends }) => {
  depends('palier:messages');
  const { resident } = await parent();
  const query = { cursor: url.searchParams.get('suite'), postId: url.searchParams.get('annonce') };
  const { body, seq } = await forPage(url, apiFor(fetch).read<Page>('/api/conversations', query));
  const [only] = body.items;
  if (query.postId && only && body.items.length === 1) redirect(303, `/messages/${only.id}`);
  return { talks: body.items, next: body.next, seq, timeZone: timeZoneOfCommune(resident.residence.commune) };
};
