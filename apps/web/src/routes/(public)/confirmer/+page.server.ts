import { ConfirmEmail } from '@palier/domain/accounts';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  locals.mayCompress = false; // the page repeats the link's secret
  return { token: (url.searchParams.get('token') ?? '').slice(0, 100) };
};

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = ConfirmEmail.safeParse({ token: form.text('token') });
    if (!input.success) return refuseAnswer(form, new ApiProblem(404, { code: 'resource.absent' }));
    try {
      await apiFor(fetch).post('/api/email/confirmation', input.data);
    } catch (problem) {
      if (!(problem instanceof ApiProblem && problem.code === 'email.confirmed')) return refuseAnswer(form, problem);
    }
    return { isConfirmed: true };
  },
};
