import { type CaseDetail, DecideCase } from '@palier/domain/moderation';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

const pathOf = (caseId: string) => `/api/moderation/cases/${encodeURIComponent(caseId)}`;

export const load: PageServerLoad = async ({ fetch, params, url, isDataRequest }) => {
  const api = apiFor(fetch);
  const { body, seq } = await forPage(url, api.read<{ case: CaseDetail }>(pathOf(params.caseId)));
  const isWaiting = body.case.state === 'open' || body.case.state === 'appealed';
  // A page that the server draws is a case that is looked at; one that scripts fetched, perhaps ahead of time, says so itself once it is shown.
  const isLookedAt = isWaiting && !isDataRequest;
  if (isLookedAt) await api.post(`${pathOf(params.caseId)}/look`).catch(() => undefined);
  return { examined: body.case, isWaiting, isLookedAt, seq, key: crypto.randomUUID() };
};

export const actions: Actions = {
  default: async ({ request, fetch, params }) => {
    const form = await readForm(request);
    const kind = form.text('kind') === 'other' ? form.text('other') : form.text('kind');
    const input = DecideCase.safeParse({
      kind,
      reason: form.text('reason'),
      text: form.text('text') || (kind === 'allow' ? m.moderation_case_allow_sentence() : ''),
      ...(kind === 'pause' && { days: Number(form.text('days')) }),
      ...(kind === 'exclude' && { dataProtection: form.text('dataProtection') }),
    });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post(`${pathOf(params.caseId)}/decisions`, input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/bureau?fait');
  },
};
