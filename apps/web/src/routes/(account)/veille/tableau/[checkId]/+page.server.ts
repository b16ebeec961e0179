import type { UsefulNumber } from '@palier/domain/insights';
import type { EscalationView } from '@palier/domain/watch';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const alarmAt = (checkId: string): string => `/api/watch/alarms/${encodeURIComponent(checkId)}`;

export const load: PageServerLoad = async ({ fetch, url, params }) => {
  const { body: alarm, seq } = await forPage(url, apiFor(fetch).read<EscalationView>(alarmAt(params.checkId)));
  const numbers = `/api/communes/${encodeURIComponent(alarm.commune)}/useful-numbers`;
  const town = await forPage(url, apiFor(fetch).getAll<{ items: UsefulNumber[] }>(numbers));
  return { alarm, seq, townNumbers: town.items };
};

const act = (what: string, bodyOf?: (text: (name: string) => string) => object) => async (event: RequestEvent) => {
  const form = await readForm(event.request);
  try {
    await apiFor(event.fetch).post(`${alarmAt(event.params.checkId)}/${what}`, bodyOf?.(form.text));
  } catch (problem) {
    return refuseAnswer(form, problem);
  }
  redirect(303, `/veille/tableau/${event.params.checkId}`);
};

export const actions: Actions = {
  acknowledge: act('acknowledge'),
  step: act('steps', (text) => ({ step: text('step') })),
  end: act('end', (text) => ({ ending: text('ending') })),
};
