import type { BlockView } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

const page = '/moi/blocages';

export const load: PageServerLoad = async ({ url, fetch }) => {
  const { items } = await forPage(url, apiFor(fetch).getAll<{ items: BlockView[] }>('/api/blocks'));
  const set = items.find(({ residentId }) => residentId === url.searchParams.get('qui'));
  const said = url.searchParams.has('fini')
    ? m.messaging_block_gone()
    : set && m.messaging_block_done({ name: set.displayName });
  return { blocks: items, said: said ?? null };
};

export const actions: Actions = {
  bloquer: async ({ request, fetch }) => {
    const form = await readForm(request);
    const id = encodeURIComponent(form.text('residentId'));
    try {
      await apiFor(fetch).post(`/api/blocks/${id}`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${page}?qui=${id}`);
  },
  lever: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).delete(`/api/blocks/${encodeURIComponent(form.text('residentId'))}`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${page}?fini`);
  },
};
