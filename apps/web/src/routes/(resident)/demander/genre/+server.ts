import { proposeCategory } from '@palier/domain/posts/language';
import { error, json } from '@sveltejs/kit';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { RequestHandler } from './$types';

const longest = 500;

/** The category that the words typed so far call for; null while there are too few. Asked as one types, so that the lexicon stays on the server. */
export const POST: RequestHandler = async ({ request, locals }) => {
  if (!locals.me?.resident) error(401, sentenceOf('session.required'));
  const words = (await request.text()).slice(0, longest);
  const proposal = proposeCategory(words);
  return json({ category: proposal && proposal.confidence > 0 ? proposal.category : null });
};
