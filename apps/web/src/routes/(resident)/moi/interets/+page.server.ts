import { SaveInterest } from '@palier/domain/matching';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async () => ({ key: crypto.randomUUID() });

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = SaveInterest.safeParse({ category: form.text('category'), withinM: Number(form.text('withinM')) });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post('/api/interests', input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/moi?note=interet');
  },
};
