import type { PostDetail } from '@palier/domain/posts';
import { type RequestEvent, redirect } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { readForm, refuseAnswer } from '#lib/api/forms.server.ts';

/** Makes a post of the task that a form names, and goes to it. */
export const openTask = async ({ request, fetch }: Pick<RequestEvent, 'request' | 'fetch'>) => {
  const form = await readForm(request);
  const path = `/api/campaigns/${encodeURIComponent(form.text('campaignId'))}/tasks`;
  let postId: string;
  try {
    const { post } = await apiFor(fetch).post<{ post: PostDetail }>(
      path,
      { task: form.text('task') },
      form.idempotencyKey,
    );
    postId = post.id;
  } catch (problem) {
    return refuseAnswer(form, problem);
  }
  redirect(303, `/annonces/${postId}?publiee`);
};
