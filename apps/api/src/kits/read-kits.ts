import { Locale } from '@palier/domain/accounts';
import { KitCard, KitPaper, KitView } from '@palier/domain/kits';
import { PageQuery, pageOf } from '@palier/domain/paging';
import { findKit, listKits } from '@palier/kits';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cutPage } from '../cut-page.ts';
import { unchanged } from '../plugins/copies.ts';
import { localeOf } from '../plugins/locale.ts';
import { refusals } from '../plugins/refusals.ts';
import type { KitCounter } from './counter.ts';
import { KitPath, slugOf } from './kit-path.ts';

const Query = z.strictObject({ locale: Locale.optional() });

/** Says of a public answer in which language it is, and on what that depends. */
const inLanguage = (reply: FastifyReply, locale: Locale) =>
  reply.headers({ 'cache-control': 'public, no-cache', 'content-language': locale, vary: 'Accept-Language, Cookie' });

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
          querystring: Query.extend(PageQuery.shape),
          response: { 200: pageOf(KitCard), 304: unchanged, ...refusals() },
        },
      },
      async (request, reply) => {
        const locale = request.query.locale ?? localeOf(request);
        const totals = await counter.totals();
        const all = listKits(locale).map(({ slug, title, summary }) => ({
          slug,
          title,
          summary,
          downloads: totals.get(slug) ?? 0,
        }));
        inLanguage(reply, locale);
        return cutPage(app.deps.keys, 'kits', all, request.query, ({ slug }) => slug);
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
        inLanguage(reply, locale);
        return {
          ...findKit(slug, locale),
          downloads: (await counter.totals()).get(slug) ?? 0,
          papers: KitPaper.options.map((paper) => ({ paper, href: href(paper) })),
        };
      },
    );
  };
