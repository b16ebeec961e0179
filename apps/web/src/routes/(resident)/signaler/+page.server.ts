import { CaseSubject, CreateReport } from '@palier/domain/moderation';
import { m } from '@palier/messages';
import { error } from '@sveltejs/kit';
import { inWords } from '#lib/accounts/in-words.server.ts';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url }) => {
  const subject = CaseSubject.safeParse(url.searchParams.get('subject'));
  const subjectId = CreateReport.shape.subjectId.safeParse(url.searchParams.get('id'));
  if (!subject.success || !subjectId.success) error(404, { message: sentenceOf('resource.absent') });
  return { subject: subject.data, subjectId: subjectId.data, key: crypto.randomUUID() };
};

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    const text = form.text('text').trim();
    const input = CreateReport.safeParse({
      subject: form.text('subject'),
      subjectId: form.text('subjectId'),
      reason: form.text('reason'),
      ...(text && { text }),
    });
    if (!input.success)
      return inWords(refuseInput(form, input.error.issues), { fields: { reason: m.favours_reason_missing() } });
    try {
      await apiFor(fetch).post('/api/reports', input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return { isTaken: true };
  },
};
