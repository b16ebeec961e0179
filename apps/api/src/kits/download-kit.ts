import { Locale } from '@palier/domain/accounts';
import { byteRangeOf, KitPaper } from '@palier/domain/kits';
import { findCommune } from '@palier/places-data';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { namesTag } from '../plugins/copies.ts';
import { localeOf } from '../plugins/locale.ts';
import { refusals } from '../plugins/refusals.ts';
import type { KitCounter } from './counter.ts';
import { KitPath, slugOf } from './kit-path.ts';
import type { Papers } from './papers.ts';

const Query = z.strictObject({
  paper: KitPaper.default('kit'),
  locale: Locale.optional(),
  /** The commune of a campaign, so that its downloads are known; another one counts as none. */
  commune: z.string().max(5).default(''),
});

/**
 * The PDF of a kit, or of one of its papers, from memory. Each whole 200 counts once it was sent; a 304, a HEAD, a part (206) and an answer cut short do not.
 */
export const downloadKitRoute =
  (papers: Papers, counter: KitCounter): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/kits/:slug/download',
      {
        config: { rateLimit: false },
        schema: {
          operationId: 'kits.download',
          tags: ['kits'],
          params: KitPath,
          querystring: Query,
          response: {
            200: z.any().describe('application/pdf'),
            206: z.any().describe('application/pdf, one range of bytes'),
            304: z.undefined().describe('the copy at hand is the same'),
            416: z.undefined().describe('no such bytes'),
            ...refusals(404),
          },
        },
      },
      async (request, reply) => {
        const { paper, locale = localeOf(request), commune } = request.query;
        const slug = slugOf(request.params);
        const { bytes, etag } = await papers(slug, paper, locale);
        const { headers } = request;
        reply.headers({
          etag,
          'cache-control': 'public, no-cache',
          'accept-ranges': 'bytes',
          'content-type': 'application/pdf',
          'content-language': locale,
          'content-disposition': `inline; filename="palier-${slug}-${paper}-${locale}.pdf"`,
          ...(request.query.locale === undefined && { vary: 'Accept-Language, Cookie' }),
        });
        if (namesTag(headers['if-none-match'], etag)) return reply.code(304).send();
        const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
        const range = byteRangeOf(isSame ? headers.range : undefined, bytes.length);
        if (range === 'beyond') return reply.code(416).header('content-range', `bytes */${bytes.length}`).send();
        if (range !== 'none') {
          reply.code(206).header('content-range', `bytes ${range.from}-${range.to}/${bytes.length}`);
          return reply.send(bytes.subarray(range.from, range.to + 1));
        }
        if (request.method === 'GET') {
          const known = commune !== '' && findCommune(commune) ? commune : '';
          reply.raw.once('finish', () => counter.take({ slug, paper, locale, commune: known }));
        }
        return reply.send(bytes);
      },
    );
  };
