import { graceMs } from '@palier/domain/accounts';
import { getLocale } from '@palier/messages/runtime';
import { redirect } from '@sveltejs/kit';
import { dayInWords } from '#lib/accounts/day-in-words.ts';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (locals.me?.account.eraseAt) redirect(303, '/depart');
  return { day: dayInWords(new Date(Date.now() + graceMs), getLocale()) };
};

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).delete('/api/me', { password: form.text('password') || ' ' });
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/connexion?quitte=1');
  },
};
