import {
  type FoundAddresses,
  type ImportReport,
  ImportResidences,
  OpenResidence,
  type TerritoryView,
} from '@palier/domain/territories';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** A commune as the search answers it. */
type Town = { insee: string; name: string; department: string };

export const load: PageServerLoad = async ({ fetch, url }) => {
  const api = apiFor(fetch);
  const { items } = await forPage(url, api.getAll<{ items: TerritoryView[] }>('/api/territories'));
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, 200);
  const away: FoundAddresses = { state: 'away', items: [] };
  const found = q === '' ? null : await api.get<FoundAddresses>('/api/geocoding', { q }).catch(() => away);
  const town = (url.searchParams.get('ville') ?? '').trim().slice(0, 100);
  const towns =
    town === ''
      ? []
      : await api.get<{ items: Town[] }>('/api/communes', { q: town }).then(({ items: all }) => all.slice(0, 8));
  const chosen = towns.find(({ insee }) => insee === url.searchParams.get('insee'));
  const pick: FoundAddresses['items'][number] | null =
    found?.items[Number(url.searchParams.get('choix') ?? 0)] ??
    (chosen ? { label: '', commune: chosen.insee, pin: '' } : null);
  return {
    territories: items,
    q,
    found,
    town,
    towns,
    pick,
    said: url.searchParams.has('ouverte') ? m.residences_territory_opened() : null,
  };
};

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.replace(',', '.')));

export const actions: Actions = {
  open: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = OpenResidence.safeParse({
      name: form.text('name'),
      address: form.text('address'),
      commune: form.text('commune').trim().toUpperCase(),
      homes: numberOf(form.text('homes')),
      stairs: form
        .text('stairs')
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
      point: { lat: numberOf(form.text('lat')), lon: numberOf(form.text('lon')) },
    });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post(
        `/api/territories/${encodeURIComponent(form.text('territoryId'))}/residences`,
        input.data,
      );
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, '/bureau/territoire?ouverte=1');
  },
  /** Tries a list, then opens it: the second step carries the same bytes, so that what was checked is what is opened. */
  list: async ({ request, fetch }) => {
    const data = await request.clone().formData();
    const form = await readForm(request);
    const sent = data.get('list');
    const file = sent instanceof File ? Buffer.from(await sent.arrayBuffer()).toString('base64') : form.text('file');
    const input = ImportResidences.safeParse({ file, dryRun: form.text('step') !== 'open' });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      const at = `/api/territories/${encodeURIComponent(form.text('territoryId'))}/imports`;
      const report = await apiFor(fetch).post<ImportReport>(at, input.data);
      return { report, file: input.data.dryRun ? file : null };
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
  },
};
