import { hallRefusal } from '@palier/domain/offline';
import { timeZoneOfCommune } from '@palier/domain/places';
import { type CreatePost, defaultAudience, mayHangInHall, type PostDetail } from '@palier/domain/posts';
import { findCommune } from '@palier/places-data';
import { redirect } from '@sveltejs/kit';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';
import { draftOfTask } from '#lib/kits/draft-of-task.server.ts';
import { previewOf, readDraft, refuseWords, wordsAtFault } from '#lib/posts/draft.server.ts';
import { draftOfOwn } from '#lib/posts/draft-of-own.server.ts';
import { fieldsOf } from '#lib/posts/windows.ts';
import { categories } from '#lib/posts/words.ts';
import type { Actions, PageServerLoad } from './$types';

const residentOf = ({ me }: App.Locals) => {
  if (!me?.resident) redirect(303, '/connexion?back=/demander');
  return me.resident;
};

/** Whether the hall will show it, or why it will not; null when nobody asked for that. */
const hallOf = ({ hall, window, details = '', audience = 'neighbourhood', ...draft }: CreatePost) => {
  if (!hall) return null;
  const span = window ? { from: new Date(window.from), to: new Date(window.to) } : null;
  return hallRefusal({ ...draft, audience, details, window: span }) ?? ('shown' as const);
};

export const load: PageServerLoad = async ({ url, locals, fetch }) => {
  const resident = residentOf(locals);
  const again = url.searchParams.get('reprendre');
  const api = apiFor(fetch);
  const start = again === null ? await draftOfTask(url, api, locals.locale) : await draftOfOwn(again, api);
  return {
    start,
    kind: start.kind ?? (url.searchParams.get('genre') === 'offre' ? 'offer' : 'request'),
    key: crypto.randomUUID(),
    communeName: findCommune(resident.residence.commune)?.name ?? resident.residence.commune,
    today: fieldsOf(new Date(), timeZoneOfCommune(resident.residence.commune)).day,
    audiences: Object.fromEntries(categories.map((category) => [category, defaultAudience(category)])),
    hall: categories.filter(mayHangInHall),
  };
};

export const actions: Actions = {
  preview: async ({ request, locals }) => {
    const form = await readForm(request);
    const resident = residentOf(locals);
    const now = new Date();
    const reading = readDraft(form, resident, now);
    if ('refusal' in reading) return reading.refusal;
    const refusal = refuseWords(form, reading.draft);
    if (refusal) return refusal;
    const { category, audience = '' } = reading.draft;
    return {
      preview: {
        card: previewOf(reading.draft, resident, now),
        body: reading.draft.details ?? '',
        behalfName: reading.draft.onBehalfOf?.name ?? null,
        copyEmail: reading.draft.onBehalfOf?.copy?.email ?? null,
        isKept: reading.isKept,
        hall: hallOf(reading.draft),
      },
      values: { ...form.values, category, audience } as typeof form.values,
      key: form.idempotencyKey,
    };
  },

  /** Back to the form, with everything that was typed. */
  edit: async ({ request }) => {
    const form = await readForm(request);
    return { values: form.values, key: form.idempotencyKey };
  },

  publish: async ({ request, locals, fetch }) => {
    const form = await readForm(request);
    const reading = readDraft(form, residentOf(locals), new Date());
    if ('refusal' in reading) return reading.refusal;
    let postId: string;
    try {
      const { post } = await apiFor(fetch).post<{ post: PostDetail }>('/api/posts', reading.draft, form.idempotencyKey);
      postId = post.id;
    } catch (problem) {
      const refusal = refuseAnswer(form, problem);
      if (problem instanceof ApiProblem)
        refusal.data.details = { ...refusal.data.details, ...wordsAtFault(reading.draft, problem.code) };
      return refusal;
    }
    redirect(303, `/annonces/${postId}?publiee`);
  },
};
