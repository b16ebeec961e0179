import type { TerritoryView } from '@palier/domain/territories';
import { GrantReader, NameReader, type TerritoryWatch } from '@palier/domain/watch';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

const dayMs = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

export const load: PageServerLoad = async ({ fetch, url }) => {
  const api = apiFor(fetch);
  const { items } = await forPage(url, api.getAll<{ items: TerritoryView[] }>('/api/territories'));
  const chosen = items.find(({ id }) => id === url.searchParams.get('territoire')) ?? items[0] ?? null;
  const watch = chosen ? await forPage(url, api.get<TerritoryWatch>(`/api/territories/${chosen.id}/watch`)) : null;
  return {
    territories: items.map(({ id, name }) => ({ id, name })),
    chosen: chosen && { id: chosen.id, name: chosen.name },
    watch,
    isDone: url.searchParams.has('fait'),
    inSixMonths: inDays(182),
    inAYear: inDays(364),
    key: crypto.randomUUID(),
  };
};

const back = (territory: string): never =>
  redirect(303, `/bureau/veille/organisation?territoire=${encodeURIComponent(territory)}&fait`);

const ending =
  (act: (api: ReturnType<typeof apiFor>, id: string) => Promise<unknown>) =>
  async ({ request, fetch }: { request: Request; fetch: typeof globalThis.fetch }) => {
    const form = await readForm(request);
    try {
      await act(apiFor(fetch), encodeURIComponent(form.text('id')));
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return back(form.text('territory'));
  };

export const actions: Actions = {
  grant: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = GrantReader.safeParse({ email: form.text('email'), endsOn: form.text('endsOn') });
    if (!input.success) return refuseInput(form, input.error.issues);
    const territory = form.text('territory');
    try {
      const path = `/api/territories/${encodeURIComponent(territory)}/watch/readers`;
      await apiFor(fetch).post(path, input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return back(territory);
  },
  name: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = NameReader.safeParse({ grantId: form.text('grantId'), endsOn: form.text('endsOn') });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      const path = `/api/watch/seats/${encodeURIComponent(form.text('id'))}/readers`;
      await apiFor(fetch).post(path, input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return back(form.text('territory'));
  },
  end: ending((api, id) => api.delete(`/api/watch/readers/${id}`)),
  endGrant: ending((api, id) => api.delete(`/api/watch/grants/${id}`)),
  accept: ending((api, id) => api.post(`/api/watch/volunteers/${id}/accept`)),
  release: ending((api, id) => api.delete(`/api/watch/volunteers/${id}`)),
};
