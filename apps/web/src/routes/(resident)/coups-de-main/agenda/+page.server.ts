import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) =>
  forPage(url, apiFor(fetch).get<{ feed: { createdAt: string } | null }>('/api/me/calendar'));

export const actions: Actions = {
  /** The address is told on this page alone, once. */
  make: async ({ request, fetch, locals }) => {
    const form = await readForm(request);
    locals.mayCompress = false;
    try {
      return { url: (await apiFor(fetch).post<{ url: string }>('/api/me/calendar', {})).url };
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
  },
  revoke: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).delete('/api/me/calendar');
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/coups-de-main/agenda');
  },
};
