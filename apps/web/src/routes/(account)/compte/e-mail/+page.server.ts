import { ChangeEmail } from '@palier/domain/accounts';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = ChangeEmail.safeParse({ email: form.text('email'), password: form.text('password') });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post('/api/me/email', input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return { sentTo: input.data.email };
  },
};
