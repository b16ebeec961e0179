import { OpenRoundBody, type RoundView, type WaitingIn } from '@palier/domain/watch';
import type { WeatherView } from '@palier/domain/weather';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

const here = '/bureau/rondes';
const said: Readonly<Record<string, () => string>> = { ouverte: m.rounds_opened, fermee: m.rounds_closed };

export const load: PageServerLoad = async ({ fetch, url }) => {
  const api = apiFor(fetch);
  type Desk = { items: RoundView[]; waiting: WaitingIn[] };
  const { items: rounds, waiting } = await forPage(url, api.getAll<Desk>('/api/watch/rounds'));
  const { charge } = await forPage(url, api.get<WeatherView>('/api/weather'));
  const note = said[url.searchParams.get('note') ?? '']?.() ?? null;
  return { rounds, waiting, charge, note, idempotencyKey: crypto.randomUUID() };
};

export const actions: Actions = {
  open: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = OpenRoundBody.safeParse({
      territoryId: form.text('territoryId'),
      department: form.text('department'),
      hazard: form.text('hazard'),
      colour: form.text('colour'),
    });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post('/api/watch/rounds', input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${here}?note=ouverte`);
  },
  close: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post(`/api/watch/rounds/${encodeURIComponent(form.text('roundId'))}/close`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${here}?note=fermee`);
  },
};
