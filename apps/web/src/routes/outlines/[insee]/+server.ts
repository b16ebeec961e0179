import { error } from '@sveltejs/kit';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import { nearOutlines } from '#lib/places/near-outlines.server.ts';
import type { RequestHandler } from './$types';

/** The outlines that a map is drawn over: public data, so that browsers may keep them (they are asked for without a cookie). */
export const GET: RequestHandler = ({ params }) => {
  const outlines = nearOutlines(params.insee);
  if (outlines === null) error(404, sentenceOf('resource.absent'));
  return new Response(outlines, {
    headers: { 'content-type': 'application/geo+json', 'cache-control': 'public, max-age=86400' },
  });
};
