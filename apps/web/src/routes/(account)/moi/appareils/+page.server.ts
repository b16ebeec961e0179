import type { SessionView } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { items } = await forPage(url, apiFor(fetch).getAll<{ items: SessionView[] }>('/api/me/sessions'));
  return { items, said: url.searchParams.has('ferme') ? m.leaving_devices_ended() : null };
};

/** Ends what the path names, and comes back to the list. */
const ending = async (request: Request, fetch: typeof globalThis.fetch, pathOf: (id: string) => string) => {
  const form = await readForm(request);
  try {
    await apiFor(fetch).delete(pathOf(encodeURIComponent(form.text('id'))));
  } catch (problem) {
    return refuseAnswer(form, problem);
  }
  redirect(303, '/moi/appareils?ferme=1');
};

export const actions: Actions = {
  fermer: ({ request, fetch }) => ending(request, fetch, (id) => `/api/me/sessions/${id}`),
  autres: ({ request, fetch }) => ending(request, fetch, () => '/api/me/sessions'),
};
