import { AddUsefulNumber, type TownMessagesDesk, type UsefulNumber, WriteTownMessage } from '@palier/domain/insights';
import { m } from '@palier/messages';
import { findCommune } from '@palier/places-data';
import { error, redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url, parent }) => {
  const { me } = await parent();
  const offices = me.roles.flatMap((grant) => (grant.role === 'officer' ? [grant.commune] : [])).sort();
  const asked = url.searchParams.get('commune');
  const insee = offices.find((one) => one === asked) ?? offices[0];
  if (insee === undefined || (asked !== null && insee !== asked))
    error(404, { message: sentenceOf('resource.absent') });
  const at = `/api/communes/${insee}`;
  const api = apiFor(fetch);
  const desk = await forPage(url, api.get<TownMessagesDesk>(`${at}/messages/desk`));
  const numbers = await forPage(url, api.getAll<{ items: UsefulNumber[] }>(`${at}/useful-numbers`));
  const said = url.searchParams.get('dit');
  return {
    insee,
    communes: offices.map((value) => ({ value, label: findCommune(value)?.name ?? value })),
    desk,
    numbers: numbers.items,
    said: said === 'parti' || said === 'liste' ? said : null,
    key: crypto.randomUUID(),
  };
};

const back = (insee: string, said: string): never =>
  redirect(303, `/bureau/ecrire?commune=${encodeURIComponent(insee)}&dit=${said}`);

/** The refusal of a town hall's words: what a post is told of ways to be reached is not for them. */
const refuseWords: typeof refuseAnswer = (form, problem) => {
  const refusal = refuseAnswer(form, problem);
  if (refusal.data.code === 'post.contact') refusal.data.message = m.town_contact();
  return refusal;
};

export const actions: Actions = {
  write: async ({ request, fetch }) => {
    const form = await readForm(request);
    const insee = form.text('commune');
    const [purpose, title, text] = ['purpose', 'title', 'text'].map(form.text);
    const quarter = form.optional('quarter');
    const input = WriteTownMessage.safeParse({ purpose, title, text, ...(quarter && { quarter }) });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      const path = `/api/communes/${encodeURIComponent(insee)}/messages`;
      await apiFor(fetch).post(path, input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseWords(form, problem);
    }
    return back(insee, 'parti');
  },
  add: async ({ request, fetch }) => {
    const form = await readForm(request);
    const insee = form.text('commune');
    const input = AddUsefulNumber.safeParse({ label: form.text('label'), number: form.text('number') });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      const path = `/api/communes/${encodeURIComponent(insee)}/useful-numbers`;
      await apiFor(fetch).post(path, input.data, form.idempotencyKey);
    } catch (problem) {
      return refuseWords(form, problem);
    }
    return back(insee, 'liste');
  },
  remove: async ({ request, fetch }) => {
    const form = await readForm(request);
    const insee = form.text('commune');
    try {
      const path = `/api/communes/${encodeURIComponent(insee)}/useful-numbers/remove`;
      await apiFor(fetch).post(path, { numberId: form.text('id') });
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return back(insee, 'liste');
  },
};
