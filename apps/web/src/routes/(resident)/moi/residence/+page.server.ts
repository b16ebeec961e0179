import { MoveResidence } from '@palier/domain/accounts';
import { type MyResidence, SignCharter } from '@palier/domain/residences';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => {
  const notes: Readonly<Record<string, () => string>> = {
    signe: m.residences_charter_signed,
    demenage: m.residences_moved,
  };
  return {
    residence: await forPage(url, apiFor(fetch).get<MyResidence>('/api/me/residence')),
    said: notes[url.searchParams.get('dit') ?? '']?.() ?? null,
  };
};

export const actions: Actions = {
  sign: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = SignCharter.safeParse({ version: Number(form.text('version')) });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post('/api/me/charter', input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/moi/residence?dit=signe');
  },
  move: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = MoveResidence.safeParse({ code: form.text('code') });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post('/api/me/residence', input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/moi/residence?dit=demenage');
  },
};
