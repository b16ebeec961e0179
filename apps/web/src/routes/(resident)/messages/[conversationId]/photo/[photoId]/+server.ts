import type { RequestHandler } from './$types';

/** A photo as it is read in the name of whoever a referent acts for: the browser's own call of the API would be the referent's. */
export const GET: RequestHandler = async ({ params, fetch }) => {
  const answer = await fetch(`/api/photos/${encodeURIComponent(params.photoId)}`);
  const headers = new Headers({ 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' });
  if (!answer.ok) return new Response(null, { status: answer.status, headers });
  headers.set('content-type', 'image/webp');
  return new Response(answer.body, { headers });
};
