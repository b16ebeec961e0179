import type { StoredPost, Viewer } from '../places/disclose.ts';
import { isSensitive } from '../posts/categories.ts';
import { ringOf } from './rings.ts';
import { type Score, scoreAsk, scoreMatch } from './score.ts';
import { giverOfHelper, giverOfOffer, type Helper, ringBetween, wantedOf } from './sides.ts';

/** Whoever reads "for you": what they said they can help with, and their own open requests, which offers may fit. */
export type BestReader = {
  helper: Omit<Helper, 'favoursTogether' | 'askedLately'>;
  mayHelpAnyone: boolean;
  requests: readonly StoredPost[];
};

/** How the author of a post stands to its reader: what they speak, and how often the two have helped each other. */
export type AuthorTie = { languages: readonly string[]; favoursTogether: number };

const nothing: Score = { score: 0, reasons: [] };

const bestOffer = (offer: StoredPost, viewer: Viewer, reader: BestReader, tie: AuthorTie, asOf: Date): Score => {
  const language = reader.helper.languages[0] ?? 'fr';
  const scores = reader.requests.map((request): Score => {
    const ring = ringBetween(request, offer);
    return ring
      ? scoreMatch(wantedOf(request, language, asOf), giverOfOffer(offer, ring, tie.languages, tie.favoursTogether))
      : nothing;
  });
  const ring = ringOf(offer, viewer);
  const plain = ring
    ? scoreAsk(wantedOf(offer, language, asOf), {
        ...giverOfOffer(offer, ring, tie.languages, tie.favoursTogether),
        categories: [],
      })
    : nothing;
  return scores.reduce((best, score) => (score.score > best.score ? score : best), plain);
};

/**
 * How much a post in sight is for this reader, from 0 to 1, with the reasons: a request by what they can help with, an offer by their own open requests, both by nearness.
 * 0 for their own posts and for what their trust does not let them answer. Judged at `asOf`, so that every page of one list agrees.
 */
export const scoreForReader = (
  post: StoredPost,
  viewer: Viewer,
  reader: BestReader,
  tie: AuthorTie,
  asOf: Date,
): Score => {
  const ring = ringOf(post, viewer);
  if (!ring) return nothing;
  if (post.kind === 'offer') return bestOffer(post, viewer, reader, tie, asOf);
  if (!reader.mayHelpAnyone && isSensitive(post.category)) return nothing;
  const helper = { ...reader.helper, favoursTogether: tie.favoursTogether, askedLately: 0 };
  return scoreAsk(wantedOf(post, tie.languages[0] ?? 'fr', asOf), giverOfHelper(helper, ring));
};
