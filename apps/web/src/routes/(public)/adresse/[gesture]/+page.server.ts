import { ConfirmEmail } from '@palier/domain/accounts';
import { error } from '@sveltejs/kit';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { Actions, PageServerLoad } from './$types';

const gestures = { confirmer: 'confirm', annuler: 'undo' } as const;

/** What a mailed link of a change of address does, by the path's word. */
const gestureOf = (word: string): 'confirm' | 'undo' => {
  if (word === 'confirmer' || word === 'annuler') return gestures[word];
  error(404, { message: sentenceOf('resource.absent') });
};

export const load: PageServerLoad = ({ locals, url, params }) => {
  locals.mayCompress = false; // the page repeats the link's secret
  return { gesture: gestureOf(params.gesture), token: (url.searchParams.get('token') ?? '').slice(0, 100) };
};

export const actions: Actions = {
  default: async ({ request, fetch, params }) => {
    const form = await readForm(request);
    const input = ConfirmEmail.safeParse({ token: form.text('token') });
    if (!input.success) return refuseAnswer(form, new ApiProblem(404, { code: 'resource.absent' }));
    try {
      await apiFor(fetch).post(`/api/email/change/${gestureOf(params.gesture)}`, input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return { isDone: true };
  },
};
