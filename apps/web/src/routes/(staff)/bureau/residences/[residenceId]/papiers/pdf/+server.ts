import { PrintInvitations } from '@palier/domain/residences';
import { error } from '@sveltejs/kit';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { RequestHandler } from './$types';

/** The PDF of codes that the page before still shows; the API draws it. */
export const POST: RequestHandler = async ({ request, fetch, params, locals }) => {
  locals.mayCompress = false;
  const form = await request.formData();
  const input = PrintInvitations.safeParse({
    kind: form.get('kind'),
    locale: form.get('locale'),
    codes: form.getAll('codes'),
    names: form.getAll('names'),
  });
  if (!input.success) error(400, { message: sentenceOf('request.invalid') });
  const answer = await fetch(`/api/residences/${encodeURIComponent(params.residenceId)}/prints`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input.data),
  });
  if (!answer.ok) error(answer.status, { message: sentenceOf('invitation.absent') });
  const headers = new Headers({ 'cache-control': 'private, no-store' });
  for (const name of ['content-type', 'content-disposition']) headers.set(name, answer.headers.get(name) ?? '');
  return new Response(await answer.arrayBuffer(), { headers });
};
