import { type MatchView, PostMatches, ringsOfAudience, shownCount } from '@palier/domain/matching';
import { disclose, isInAudience, type StoredPost } from '@palier/domain/places';
import { reasonsInWords } from '@palier/messages/reasons';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ResidentContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { findStoredPosts, findVisiblePost, listBlockedOf, PostId, viewerOf } from '../posts/index.ts';
import { seqHeader } from '../stream-head.ts';
import { countNeighbours, listPostMatches } from './matches.queries.ts';

const readMax = 60;
const shownMax = 20;

/** The post of this resident, with the head of the stream; anybody else's is absent. Code: `resource.absent`. */
export const findOwnPost = async (
  ctx: ResidentContext,
  postId: string,
): Promise<{ post: StoredPost; head: number }> => {
  const { post, head } = await findVisiblePost(ctx, postId);
  if (post.authorId !== ctx.actor.residentId) throw new AppError('resource.absent');
  return { post, head };
};

/** The posts that fit, as the author may read them today: open, in sight, not blocked. */
const listFitting = async (ctx: ResidentContext, post: StoredPost): Promise<MatchView[]> => {
  const isRequest = post.kind === 'request';
  const kept = await listPostMatches(ctx.db, post.id, post.kind, readMax);
  const otherOf = ({ requestId, offerId }: (typeof kept)[number]) => (isRequest ? (offerId ?? requestId) : requestId);
  const others = new Map((await findStoredPosts(ctx.db, kept.map(otherOf))).map((other) => [other.id, other]));
  const blocked = await listBlockedOf(ctx.db, ctx.actor.residentId);
  const viewer = viewerOf(ctx.actor);
  const shown = kept.flatMap((match): MatchView[] => {
    const other = others.get(otherOf(match));
    const isOpen = other && other.state === 'open' && other.expiresAt > ctx.now;
    if (!isOpen || blocked.has(other.authorId) || !isInAudience(other, viewer)) return [];
    const card = disclose(other, viewer, ctx.now);
    return card
      ? [{ post: card, reasons: reasonsInWords(match.reasons, isRequest ? 'author' : 'helper', ctx.locale) }]
      : [];
  });
  return shown.slice(0, shownMax);
};

/** What fits one's own post: posts of the other kind that one may already see, and of neighbours who could help, only how many in each ring, from three. Code: `resource.absent`. */
export const listMatches = async (
  ctx: ResidentContext,
  input: { postId: string },
): Promise<{ matches: PostMatches; head: number }> => {
  const { post, head } = await findOwnPost(ctx, input.postId);
  const isOpen = post.state === 'open' && post.expiresAt > ctx.now;
  const fitting = isOpen ? await listFitting(ctx, post) : [];
  if (post.kind === 'offer') return { matches: { offers: [], requests: fitting, neighbours: [] }, head };
  const counts = await countNeighbours(ctx.db, post.id, post.authorId);
  const neighbours = ringsOfAudience(post.audience).map((ring) => ({ ring, count: shownCount(counts.get(ring) ?? 0) }));
  return { matches: { offers: fitting, requests: [], neighbours }, head };
};

export const listMatchesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/posts/:postId/matches',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'posts.matches',
        tags: ['matching'],
        params: PostId,
        response: { 200: PostMatches, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const { matches, head } = await listMatches(request.resident(), request.params);
      reply.header(seqHeader, String(head));
      return matches;
    },
  );
};
