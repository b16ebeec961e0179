import { ConfirmCopy } from '@palier/domain/offline';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  locals.mayCompress = false; // the page repeats the link's secret
  const { searchParams } = url;
  return { link: (searchParams.get('l') ?? '').slice(0, 200), end: (searchParams.get('fin') ?? '').slice(0, 200) };
};

export const actions: Actions = {
  confirm: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = ConfirmCopy.safeParse({ link: form.text('link') });
    if (!input.success) return refuseAnswer(form, new ApiProblem(404, { code: 'resource.absent' }));
    try {
      await apiFor(fetch).post('/api/copies/confirm', input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return { done: 'confirmed' as const };
  },
  stop: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post(`/api/mail/stop?l=${encodeURIComponent(form.text('end').slice(0, 200))}`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return { done: 'stopped' as const };
  },
};
