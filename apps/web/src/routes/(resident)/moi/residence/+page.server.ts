import { MoveResidence } from '@palier/domain/accounts';
import { type MyResidence, SignCharter } from '@palier/domain/residences';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { readInvitation } from '#lib/accounts/invitation.server.ts';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, locals }) => {
  locals.mayCompress = false; // the page repeats the code beside what is typed
  const code = (url.searchParams.get('code') ?? '').slice(0, 64);
  const notes: Readonly<Record<string, () => string>> = {
    signe: m.residences_charter_signed,
    demenage: m.residences_moved,
  };
  return {
    residence: await forPage(url, apiFor(fetch).get<MyResidence>('/api/me/residence')),
    said: notes[url.searchParams.get('dit') ?? '']?.() ?? null,
    moving: { code, ...(await readInvitation(fetch, code)) },
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
    const floor = form.optional('floor');
    const input = MoveResidence.safeParse({
      code: form.text('code'),
      stairId: form.optional('stairId'),
      floor: floor === undefined ? undefined : Number(floor),
    });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post('/api/me/residence', input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/moi/residence?dit=demenage');
  },
};
