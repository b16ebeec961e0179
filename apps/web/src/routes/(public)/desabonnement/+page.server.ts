import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
  link: url.searchParams.get('l') ?? '',
  isDone: url.searchParams.has('fait'),
});

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post(`/api/mail/stop?l=${encodeURIComponent(form.text('l'))}`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/desabonnement?fait=1');
  },
};
