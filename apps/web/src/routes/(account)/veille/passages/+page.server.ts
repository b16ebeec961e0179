import type { MyVisits } from '@palier/domain/watch';
import { m } from '@palier/messages';
import { redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

const here = '/veille/passages';
const after: Readonly<Record<string, string>> = { 'no-answer': `${here}?porte=fermee`, 'needs-something': here };
const said: Readonly<Record<string, () => string>> = { merci: m.rounds_thanks, rendu: m.rounds_given_back };

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { body: visits, seq } = await forPage(url, apiFor(fetch).read<MyVisits>('/api/watch/visits'));
  const isShut = url.searchParams.has('porte');
  const note = said[url.searchParams.get('note') ?? '']?.() ?? null;
  const needs = visits.needs.map((visit) => ({ ...visit, idempotencyKey: crypto.randomUUID() }));
  return { visits, needs, seq, isShut, note };
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
    const [outcome, at] = [form.text('outcome'), form.optional('tappedAt')];
    try {
      await apiFor(fetch).post(path('attempts', form.text('attemptId'), 'outcome'), { outcome, ...(at && { at }) });
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    // What is needed is asked by the page itself, for as long as no request is opened.
    redirect(303, after[outcome] ?? `${here}?note=merci`);
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
    const need = form.text('need');
    try {
      const body = { need, consent: 'spoken' };
      await apiFor(fetch).post(path('attempts', form.text('attemptId'), 'need'), body, form.idempotencyKey);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    return { asked: form.text('firstName') };
  },
};
