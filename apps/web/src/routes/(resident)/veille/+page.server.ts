import { EditWatch, JoinWatch, type MyWatch, type ReadingLine } from '@palier/domain/watch';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { entryOf, spokenLanguages } from '#lib/watch/entry-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

const here = '/veille';
const words: Readonly<Record<string, () => string>> = {
  inscrit: m.veille_joined,
  corrige: m.veille_edited,
  renouvele: m.veille_renewed,
  retire: m.veille_withdrawn,
  refuse: m.veille_refused,
  propose: m.veille_help_offered,
  arrete: m.veille_help_stopped,
};

export const load: PageServerLoad = async ({ fetch, url }) => {
  const api = apiFor(fetch);
  const cursor = url.searchParams.get('suite');
  const [watch, readings] = await forPage(
    url,
    Promise.all([
      api.get<MyWatch>('/api/watch/me'),
      api.get<{ items: ReadingLine[]; next: string | null }>('/api/watch/me/readings', { cursor }),
    ]),
  );
  const said = url.searchParams.get('dit') ?? '';
  return {
    watch,
    readings,
    languages: spokenLanguages(),
    said: (Object.hasOwn(words, said) && words[said]?.()) || null,
    key: crypto.randomUUID(),
  };
};

type Api = ReturnType<typeof apiFor>;
/** One gesture, then the page again, which says what was done. */
const gesture =
  (said: string, act: (api: Api, id: string, key: string) => Promise<unknown>) =>
  async ({ request, fetch }: { request: Request; fetch: typeof globalThis.fetch }) => {
    const form = await readForm(request);
    try {
      await act(apiFor(fetch), encodeURIComponent(form.text('id')), form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${here}?dit=${said}`);
  };

export const actions: Actions = {
  join: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = JoinWatch.safeParse({ ...entryOf(form), consent: form.isOn('consent') || undefined });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post('/api/watch', input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${here}?dit=inscrit`);
  },
  edit: async ({ request, fetch }) => {
    const form = await readForm(request);
    const input = EditWatch.safeParse(entryOf(form));
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).patch('/api/watch/me', input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${here}?dit=corrige`);
  },
  renew: gesture('renouvele', (api) => api.post('/api/watch/me/renew')),
  withdraw: gesture('retire', (api) => api.post('/api/watch/me/withdraw')),
  refuse: gesture('refuse', (api, id) => api.post(`/api/watch/readers/${id}/refuse`)),
  offer: gesture('propose', (api, _id, key) => api.post('/api/watch/volunteers', undefined, key)),
  stop: gesture('arrete', (api) => api.delete('/api/watch/me/volunteer')),
};
