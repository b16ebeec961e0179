import { ChoosePassword } from '@palier/domain/accounts';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { inWords } from '#lib/accounts/in-words.server.ts';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  locals.mayCompress = false; // the page repeats the link's secret
  return { token: (url.searchParams.get('token') ?? '').slice(0, 100) };
};

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = ChoosePassword.safeParse({ token: form.text('token'), password: form.text('password') });
    const words = { fields: { password: m.accounts_wrong_password() }, codes: { 'password.common': 'password' } };
    if (!input.success) {
      if (input.error.issues.some(({ path }) => path[0] === 'token'))
        return refuseAnswer(form, new ApiProblem(404, { code: 'resource.absent' }));
      return inWords(refuseInput(form, input.error.issues), words);
    }
    try {
      await apiFor(fetch).post('/api/password/reset/confirm', input.data);
    } catch (problem) {
      return inWords(refuseAnswer(form, problem), words);
    }
    redirect(303, '/connexion?renouvele=1');
  },
};
