import type { InsightsView } from '@palier/domain/insights';
import { m } from '@palier/messages';
import { fail, redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import { officeAsked } from '#lib/insights/office.server.ts';
import type { Actions, PageServerLoad } from './$types';

const sayings = ['montant', 'sans-montant', 'public'] as const;

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { insee } = officeAsked((await parent()).me, url);
  const { name, hourly, isPublic } = await forPage(
    url,
    apiFor(fetch).get<InsightsView>(`/api/communes/${insee}/insights`, { period: 'now' }),
  );
  const said = sayings.find((one) => one === url.searchParams.get('dit')) ?? null;
  return { insee, name, hourly, isPublic, said };
};

const back = (insee: string, said: (typeof sayings)[number]): never =>
  redirect(303, `/bureau/commune/reglages?insee=${encodeURIComponent(insee)}&dit=${said}`);
const pathOf = (insee: string, what: 'hourly' | 'public'): string =>
  `/api/communes/${encodeURIComponent(insee)}/${what}`;

/** Cents of an amount as people write it, with a comma or a point; null when it is none. */
const centsOf = (text: string): number | null => {
  const plain = text.replace(/[\s€]/g, '').replace(',', '.');
  return /^\d{1,3}(?:\.\d{1,2})?$/.test(plain) ? Math.round(100 * Number(plain)) : null;
};

export const actions: Actions = {
  amount: async ({ request, fetch }) => {
    const form = await readForm(request);
    const [insee, source, cents] = [form.text('insee'), form.text('source').trim(), centsOf(form.text('amount'))];
    if (cents === null || cents < 100 || cents > 10_000 || source.length < 5 || source.length > 200)
      return fail(400, {
        ...{ values: form.values, code: 'request.invalid', message: m.insights_hourly_wrong(), errors: {} },
        ...{ key: '', details: {} },
      });
    try {
      await apiFor(fetch).post(pathOf(insee, 'hourly'), { hourly: { cents, source } });
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return back(insee, 'montant');
  },
  forget: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post(pathOf(form.text('insee'), 'hourly'), { hourly: null });
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return back(form.text('insee'), 'sans-montant');
  },
  public: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post(pathOf(form.text('insee'), 'public'), { isPublic: form.isOn('open') });
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return back(form.text('insee'), 'public');
  },
};
