import { AddCoolPlace } from '@palier/domain/kits';
import type { ResidenceLine } from '@palier/domain/residences';
import { findCommune } from '@palier/places-data';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { CoolPlaces } from '#lib/kits/cool-places.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { me } = await parent();
  const api = apiFor(fetch);
  const offices = me.roles.flatMap((grant) => (grant.role === 'officer' ? [grant.commune] : []));
  const isCoordinator = me.roles.some(({ role }) => role === 'coordinator');
  const { items } = isCoordinator
    ? await forPage(url, api.getAll<{ items: ResidenceLine[] }>('/api/residences'))
    : { items: [] };
  const names = new Map([
    ...items.map(({ commune, communeName }) => [commune, communeName] as const),
    ...offices.map((insee) => [insee, findCommune(insee)?.name ?? insee] as const),
  ]);
  const communes = [...names]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, 'fr'));
  const asked = url.searchParams.get('commune');
  const chosen = communes.find(({ value }) => value === asked) ?? communes[0] ?? null;
  const places = chosen
    ? (await forPage(url, api.getAll<CoolPlaces>(`/api/communes/${chosen.value}/cool-places`))).items
    : [];
  const said = url.searchParams.get('dit');
  return {
    communes,
    chosen,
    places,
    said: said === 'ajoute' || said === 'retire' ? said : null,
    key: crypto.randomUUID(),
  };
};

const back = (commune: string, said: string): never =>
  redirect(303, `/bureau/lieux-frais?commune=${encodeURIComponent(commune)}&dit=${said}`);

export const actions: Actions = {
  add: async ({ request, fetch }) => {
    const form = await readForm(request);
    const [name, kind, where, hours] = ['name', 'kind', 'where', 'hours'].map(form.text);
    const pin = form
      .optional('pin')
      ?.trim()
      .replace(/[,;]?\s+/, ' ');
    const input = AddCoolPlace.safeParse({ name, kind, where, hours, ...(pin && { pin }) });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      const path = `/api/communes/${encodeURIComponent(form.text('commune'))}/cool-places`;
      await apiFor(fetch).post(path, input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return back(form.text('commune'), 'ajoute');
  },
  remove: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).delete(`/api/cool-places/${encodeURIComponent(form.text('id'))}`);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return back(form.text('commune'), 'retire');
  },
};
