import { ReasonView } from '@palier/domain/matching';
import { disclose, type StoredPost } from '@palier/domain/places';
import { ListPosts, PostCard } from '@palier/domain/posts';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { seqHeader } from '../stream-head.ts';
import { viewerOf } from './as-answer.ts';
import { listBest } from './best-posts.ts';
import { openFeed, searchOf } from './feed.queries.ts';
import { isInBox } from './feed-groups.ts';
import { openPosition, orders, type Position, positionOf, scopeOf, sealPosition } from './feed-order.ts';
import { type Page, type Phase, readCells, readHome, readOwn } from './feed-sources.ts';
import { readFromMemory, type WrittenPage } from './memory/read-memory.ts';

/** `reasons`, by post, come with `sort=best` alone. */
const Posts = z.strictObject({
  items: z.array(PostCard),
  reasons: z.record(z.string(), z.array(ReasonView)).optional(),
  next: z.string().nullable(),
});

type Placed = { post: StoredPost; at: Position };

/** The first posts of one phase after where the page before ended, from the three sources. */
const collect = async (page: Page, phase: Phase): Promise<Placed[]> => {
  const { input, viewer, asOf, after, count } = page;
  const compare = orders[phase.sort];
  const place = (post: StoredPost): Placed => ({ post, at: positionOf(post, viewer, asOf) });
  const found = (await readHome(page, phase)).map(place);
  if (page.opening.hasElsewhere) {
    const own = (await readOwn(page, phase)).map(place);
    found.push(
      ...own.filter(
        ({ post, at }) =>
          isInBox(post.cell, input.bbox) &&
          at.m <= (input.within ?? Number.POSITIVE_INFINITY) &&
          (!after || compare(at, after) > 0),
      ),
    );
  }
  const isFull =
    phase.sort !== 'recent' && phase.sort !== 'soon' && found.filter(({ at }) => at.m <= 1).length >= count;
  if (!isFull) found.push(...(await readCells(page, phase)).map(place));
  return found.sort((a, b) => compare(a.at, b.at)).slice(0, count);
};

/** The urgent ones first, then the calm ones, each nearest first. */
const collectBest = async (page: Page): Promise<Placed[]> => {
  const isPastUrgent = page.after !== null && !page.after.isUrgent;
  const urgent = isPastUrgent ? [] : await collect(page, { sort: 'best', urgency: 'urgent' });
  if (page.input.urgent || urgent.length >= page.count) return urgent;
  const calm = await collect(
    { ...page, after: isPastUrgent ? page.after : null, count: page.count - urgent.length },
    { sort: 'best', urgency: 'calm' },
  );
  return [...urgent, ...calm];
};

/**
 * The feed: open posts whose audience holds this reader, their own among them, without anyone whom a block stands between; a page at a time, with the head of
 * the stream as it was before the posts were read. Code: `cursor.invalid`.
 */
export const listPosts = async (
  ctx: ResidentContext,
  input: ListPosts,
): Promise<{ items: PostCard[]; next: string | null; head: number }> => {
  const viewer = viewerOf(ctx.actor);
  const scope = scopeOf(viewer.residentId, input);
  const { asOf, at: after } =
    input.cursor === undefined ? { asOf: ctx.now, at: null } : openPosition(ctx.keys, scope, input.cursor);
  const q = searchOf(input.q);
  const opening = await openFeed(ctx.db, viewer, q);
  const page: Page = { ctx, input, viewer, opening, q, asOf, after, count: input.limit + 1 };
  const found = await (input.sort === 'best'
    ? collectBest(page)
    : collect(page, { sort: input.sort, urgency: input.urgent ? 'urgent' : 'any' }));
  const last = found.length > input.limit ? found[input.limit - 1] : undefined;
  const items = found.slice(0, input.limit).map(({ post }) => disclose(post, viewer, ctx.now));
  return {
    items: items.filter((card) => card !== null),
    next: last ? sealPosition(ctx.keys, scope, asOf, last.at) : null,
    head: opening.head,
  };
};

/** A page that was written whole: the bytes that `Posts` would serialise to, of cards that only `disclose` makes; checking each again took a tenth of the call. */
const sendPage = (reply: Pick<FastifyReply, 'header' | 'send'>, { body, head }: WrittenPage) =>
  reply.header(seqHeader, String(head)).header('content-type', 'application/json; charset=utf-8').send(body);

export const listPostsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/posts',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'posts.list',
        tags: ['posts'],
        querystring: ListPosts,
        response: { 200: Posts, ...refusals() },
      },
    },
    async (request, reply) => {
      const ctx = request.resident();
      const written = await readFromMemory(ctx, request.query);
      if (written) return sendPage(reply, written);
      if (request.query.sort !== 'best') {
        const { head, ...page } = await listPosts(ctx, request.query);
        return sendPage(reply, { body: Buffer.from(JSON.stringify(page satisfies z.input<typeof Posts>)), head });
      }
      const { head, ...page } = await listBest(ctx, request.query, listPosts);
      reply.header(seqHeader, String(head));
      return page;
    },
  );
};
