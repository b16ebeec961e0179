import { getLocale } from '@palier/messages/runtime';
import { redirect } from '@sveltejs/kit';
import { dayInWords } from '#lib/accounts/day-in-words.ts';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  const eraseAt = locals.me?.account.eraseAt;
  if (!eraseAt) redirect(303, '/moi');
  return { day: dayInWords(new Date(eraseAt), getLocale()) };
};

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post('/api/me/keep');
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/moi?note=garde');
  },
};
