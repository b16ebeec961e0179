import { createHash } from 'node:crypto';
import { Locale } from '@palier/domain/accounts';
import { KitCard, KitPaper, KitView } from '@palier/domain/kits';
import { findKit, listKits } from '@palier/kits';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { localeOf } from '../plugins/locale.ts';
import { refusals } from '../plugins/refusals.ts';
import type { KitCounter } from './counter.ts';
import { namesTag } from './etag.ts';
import { KitPath, slugOf } from './kit-path.ts';

const Query = z.strictObject({ locale: Locale.optional() });
const unchanged = z.undefined().describe('the copy at hand is the same');

/** Sets what a public answer says of its copies; true when the copy at hand is the same. */
const isKnown = (request: FastifyRequest, reply: FastifyReply, locale: Locale, body: unknown): boolean => {
  const etag = `W/"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 27)}"`;
  reply.headers({
    etag,
    'cache-control': 'public, no-cache',
    'content-language': locale,
    vary: 'Accept-Language, Cookie',
  });
  return namesTag(request.headers['if-none-match'], etag);
};

export const listKitsRoute =
  (counter: KitCounter): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/kits',
      {
        config: { rateLimit: false },
        schema: {
          operationId: 'kits.list',
          tags: ['kits'],
          querystring: Query,
          response: { 200: z.strictObject({ items: z.array(KitCard), next: z.null() }), 304: unchanged, ...refusals() },
        },
      },
      async (request, reply) => {
        const locale = request.query.locale ?? localeOf(request);
        const totals = await counter.totals();
        const items = listKits(locale).map(({ slug, title, summary }) => ({
          slug,
          title,
          summary,
          downloads: totals.get(slug) ?? 0,
        }));
        const list = { items, next: null };
        return isKnown(request, reply, locale, list) ? reply.code(304).send() : list;
      },
    );
  };

export const readKitRoute =
  (counter: KitCounter): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/kits/:slug',
      {
        config: { rateLimit: false },
        schema: {
          operationId: 'kits.read',
          tags: ['kits'],
          params: KitPath,
          querystring: Query,
          response: { 200: KitView, 304: unchanged, ...refusals(404) },
        },
      },
      async (request, reply) => {
        const locale = request.query.locale ?? localeOf(request);
        const slug = slugOf(request.params);
        const href = (paper: KitPaper): string => `/api/kits/${slug}/download?paper=${paper}&locale=${locale}`;
        const kit = {
          ...findKit(slug, locale),
          downloads: (await counter.totals()).get(slug) ?? 0,
          papers: KitPaper.options.map((paper) => ({ paper, href: href(paper) })),
        };
        return isKnown(request, reply, locale, kit) ? reply.code(304).send() : kit;
      },
    );
  };
