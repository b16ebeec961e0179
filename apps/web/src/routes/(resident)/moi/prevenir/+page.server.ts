import { accountLimits, EditMe, Language } from '@palier/domain/accounts';
import { getLocale } from '@palier/messages/runtime';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Languages by name, in the reader's own; those without a known name keep their code. */
const languagesInWords = () => {
  const names = new Intl.DisplayNames([getLocale()], { type: 'language', fallback: 'code' });
  return Language.options.map((value) => ({ value, label: names.of(value) ?? value }));
};

export const load: PageServerLoad = async () => ({
  languages: languagesInWords(),
  asksMax: accountLimits.asksPerDayMax,
});

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = EditMe.safeParse({
      asksPerDay: Number(form.text('asksPerDay')),
      urgentAtNight: form.isOn('urgentAtNight'),
      languages: form.list('languages'),
    });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).patch('/api/me', input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/moi?note=prevenir');
  },
};
