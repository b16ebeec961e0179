import { AppealDecision, type DecisionView } from '@palier/domain/moderation';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

type Read = { decision: DecisionView; isMine: boolean };
const pathOf = (decisionId: string) => `/api/decisions/${encodeURIComponent(decisionId)}`;

export const load: PageServerLoad = async ({ fetch, params, url }) => ({
  ...(await forPage(url, apiFor(fetch).get<Read>(pathOf(params.decisionId)))),
  key: crypto.randomUUID(),
});

export const actions: Actions = {
  default: async ({ request, fetch, params }) => {
    const form = await readForm(request);
    const input = AppealDecision.safeParse({ text: form.text('text') });
    if (!input.success) return refuseInput(form, input.error.issues);
    const api = apiFor(fetch);
    let decisionId = '';
    try {
      // A notice leads here by the case; the appeal is against the decision itself.
      decisionId = (await api.get<Read>(pathOf(params.decisionId))).decision.id;
      await api.post(`${pathOf(decisionId)}/appeal`, input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `/decisions/${decisionId}`);
  },
};
