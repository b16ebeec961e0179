import { accountLimits, EditMe, Language } from '@palier/domain/accounts';
import { defaultChoices, mailHours, NoticeRow } from '@palier/domain/notifications';
import { m } from '@palier/messages';
import { getLocale } from '@palier/messages/runtime';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { type ReadForm, readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Those that the platform's own list of languages has no name for. */
const unlisted: Partial<Record<Language, () => string>> = {
  gcf: m.notices_language_gcf,
  rcf: m.notices_language_rcf,
  fsl: m.notices_language_fsl,
};

/** Languages by name, in the reader's own. */
const languagesInWords = () => {
  const names = new Intl.DisplayNames([getLocale()], { type: 'language', fallback: 'code' });
  return Language.options.map((value) => ({ value, label: unlisted[value]?.() ?? names.of(value) ?? value }));
};

/** A row of the table as its boxes were ticked. */
const waysOf = (form: ReadForm, row: NoticeRow) => ({ push: form.isOn(`push-${row}`), mail: form.isOn(`mail-${row}`) });

export const load: PageServerLoad = ({ locals }) => ({
  notices: locals.me?.notices ?? defaultChoices,
  languages: languagesInWords(),
  asksMax: accountLimits.asksPerDayMax,
  mailHours,
});

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = EditMe.safeParse({
      asksPerDay: Number(form.text('asksPerDay')),
      urgentAtNight: form.isOn('urgentAtNight'),
      languages: form.list('languages'),
      notices: {
        rows: Object.fromEntries(NoticeRow.options.map((row) => [row, waysOf(form, row)])),
        mailHour: /^\d{1,2}$/.test(form.text('mailHour')) ? Number(form.text('mailHour')) : null,
      },
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
