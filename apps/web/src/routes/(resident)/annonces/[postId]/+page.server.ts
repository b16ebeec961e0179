import { AcceptPost, type FavourView, sideOfAnswer } from '@palier/domain/favours';
import { type PostMatches, type Reach, WidenPost } from '@palier/domain/matching';
import {
  canEdit,
  canSetPlaces,
  canWithdraw,
  isSensitive,
  type PostDetail,
  SetPlaces,
  WithdrawPost,
} from '@palier/domain/posts';
import { error, redirect } from '@sveltejs/kit';
import { ApiProblem, apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { readForm, refuseAnswer, refuseInput } from '#lib/api/forms.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import { chaseSentences } from '#lib/matching/chase-words.ts';
import { wordsAtFault } from '#lib/posts/draft.server.ts';
import { readEdit } from '#lib/posts/edit.server.ts';
import type { Actions, PageServerLoad } from './$types';

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const load: PageServerLoad = async ({ params, url, fetch, parent, locals }) => {
  const { resident } = await parent();
  if (!isId.test(params.postId)) error(404, sentenceOf('resource.absent'));
  const api = apiFor(fetch);
  const { body, seq } = await forPage(url, api.read<{ post: PostDetail }>(`/api/posts/${params.postId}`));
  const { post } = body;
  // Whoever opens a post has read what they were told of it.
  if (locals.me && locals.me.unread.notifications > 0)
    await api.post('/api/notifications/read', { postId: post.id }).catch(() => undefined);
  const answers = post.mine
    ? (await forPage(url, api.get<{ items: FavourView[] }>('/api/favours', { postId: post.id, live: true }))).items
    : [];
  // What only the author of an open post reads: what fits it, how far it was told, whether they are asked if it still holds.
  const isMineOpen = post.mine && post.state === 'open';
  const matches = isMineOpen ? await forPage(url, api.get<PostMatches>(`/api/posts/${post.id}/matches`)) : null;
  const reach = isMineOpen ? await forPage(url, api.get<Reach>(`/api/posts/${post.id}/reach`)) : null;
  return {
    post,
    seq,
    matches,
    reach: post.kind === 'request' ? reach : null,
    answers: answers.map(({ id, state, other }) => ({ id, state, name: other.displayName })),
    canEdit: post.mine && canEdit({ state: post.state, taken: post.helpersTaken }).ok,
    canWithdraw: post.mine && canWithdraw(post).ok,
    canSetPlaces:
      post.mine &&
      canSetPlaces(
        { state: post.state, taken: post.helpersTaken, expiresAt: new Date(post.expiresAt) },
        post.helpersNeeded,
        new Date(),
      ).ok,
    asked: reach?.asked ? chaseSentences(post) : null, // in words: all that may be asked would weigh on every post's page
    isKept: isMineOpen && url.searchParams.has('encore'),
    needsTrust: resident.trust === 'new' && sideOfAnswer(post.kind) === 'helper' && isSensitive(post.category),
    isJustPublished: url.searchParams.has('publiee'),
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  need: async ({ request, params, fetch }) => {
    const form = await readForm(request);
    try {
      await apiFor(fetch).post(`/api/posts/${params.postId}/still-needed`, {});
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `/annonces/${params.postId}?encore`);
  },

  places: async ({ request, params, fetch }) => {
    const form = await readForm(request);
    const input = SetPlaces.safeParse({ helpersNeeded: Number(form.text('helpersNeeded')) });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post(`/api/posts/${params.postId}/places`, input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `/annonces/${params.postId}`);
  },

  widen: async ({ request, params, fetch }) => {
    const form = await readForm(request);
    const input = WidenPost.safeParse(form.text('to') ? { to: form.text('to') } : {});
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post(`/api/posts/${params.postId}/widen`, input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `/annonces/${params.postId}`);
  },

  accept: async ({ request, params, fetch }) => {
    const form = await readForm(request);
    const note = form.text('note').trim();
    const input = AcceptPost.safeParse(note ? { note } : {});
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post(`/api/posts/${params.postId}/favours`, input.data, form.idempotencyKey);
    } catch (problem) {
      // Whoever pressed twice has said yes once.
      if (!(problem instanceof ApiProblem && problem.code === 'favour.exists')) return refuseAnswer(form, problem);
    }
    redirect(303, `/annonces/${params.postId}`);
  },

  edit: async ({ request, params, fetch, locals }) => {
    const form = await readForm(request);
    const reading = readEdit(form, locals.me?.resident?.residence.commune ?? '', new Date());
    if ('refusal' in reading) return reading.refusal;
    try {
      await apiFor(fetch).patch(`/api/posts/${params.postId}`, reading.edit);
    } catch (problem) {
      const refusal = refuseAnswer(form, problem);
      const { title = '', details = '' } = reading.edit;
      if (problem instanceof ApiProblem)
        refusal.data.details = { ...refusal.data.details, ...wordsAtFault({ title, details }, problem.code) };
      return refusal;
    }
    redirect(303, `/annonces/${params.postId}`);
  },

  withdraw: async ({ request, params, fetch }) => {
    const form = await readForm(request);
    const input = WithdrawPost.safeParse({ reason: form.text('reason') });
    if (!input.success) return refuseInput(form, input.error.issues);
    try {
      await apiFor(fetch).post(`/api/posts/${params.postId}/withdraw`, input.data);
    } catch (problem) {
      return refuseAnswer(form, problem);
    }
    redirect(303, `/annonces/${params.postId}`);
  },
};
