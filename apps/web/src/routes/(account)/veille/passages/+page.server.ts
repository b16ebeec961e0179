import type { MyVisits } from '@palier/domain/watch';
import { m } from '@palier/messages';
import { fail, redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

const here = '/veille/passages';
/** What is asked for somebody in one tap: its category and its title; nothing of their health. */
const needs = {
  errands: { category: 'errands', title: m.rounds_need_title_errands },
  company: { category: 'company', title: m.rounds_need_title_company },
  other: { category: 'other', title: m.rounds_need_title_other },
} as const;
const said: Readonly<Record<string, () => string>> = { merci: m.rounds_thanks, rendu: m.rounds_given_back };

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { body: visits, seq } = await forPage(url, apiFor(fetch).read<MyVisits>('/api/watch/visits'));
  const isShut = url.searchParams.has('porte');
  const note = said[url.searchParams.get('note') ?? '']?.() ?? null;
  return { visits, seq, isShut, note, idempotencyKey: crypto.randomUUID() };
};

const path = (kind: 'checks' | 'attempts', id: string, act: string) =>
  `/api/watch/${kind}/${encodeURIComponent(id)}/${act}`;

export const actions: Actions = {
  claim: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post(path('checks', form.text('checkId'), 'claim'));
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, here);
  },
  answer: async ({ request, fetch }) => {
    const form = await readForm(request);
    const [outcome, at] = [form.text('outcome'), form.optional('at')];
    try {
      await apiFor(fetch).post(path('attempts', form.text('attemptId'), 'outcome'), { outcome, ...(at && { at }) });
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    if (outcome === 'needs-something') return { needs: form.text('firstName') };
    redirect(303, outcome === 'no-answer' ? `${here}?porte=fermee` : `${here}?note=merci`);
  },
  release: async ({ request, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post(path('attempts', form.text('attemptId'), 'release'));
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `${here}?note=rendu`);
  },
  ask: async ({ request, fetch }) => {
    const form = await readForm(request);
    const need = needs[form.text('need') as keyof typeof needs];
    const name = form.text('firstName');
    if (!need || name === '') return fail(400, { needs: name });
    try {
      await apiFor(fetch).post(
        '/api/posts',
        {
          kind: 'request',
          category: need.category,
          title: need.title(),
          audience: 'residence',
          onBehalfOf: { name, consent: 'spoken' },
        },
        form.idempotencyKey,
      );
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return { asked: name };
  },
};
