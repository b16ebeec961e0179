import { Email } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import { inWords } from '#lib/accounts/in-words.server.ts';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    const email = Email.safeParse(form.text('email'));
    if (!email.success) {
      const issues = email.error.issues.map((issue) => ({ ...issue, path: ['email'] }));
      return inWords(refuseInput(form, issues), { fields: { email: m.accounts_wrong_email() } });
    }
    try {
      await apiFor(fetch).post('/api/password/reset', { email: email.data });
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return { sentTo: email.data };
  },
};
