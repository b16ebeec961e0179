import type { IncomingHttpHeaders } from 'node:http';
import { Locale } from '@palier/domain/accounts';
import { byteRangeOf, KitPaper } from '@palier/domain/kits';
import { findCommune } from '@palier/places-data';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { namesTag } from '../plugins/copies.ts';
import { localeOf } from '../plugins/locale.ts';
import { refusals } from '../plugins/refusals.ts';
import type { KitCounter } from './counter.ts';
import { KitPath, slugOf } from './kit-path.ts';
import type { Papers, Ready } from './papers.ts';

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
    type Asked = { method: string; headers: IncomingHttpHeaders; query: z.infer<typeof Query> };
    const give = ({ method, headers, query }: Asked, reply: FastifyReply, { bytes, etag, said, of }: Ready) => {
      reply.headers(said);
      if (query.locale === undefined) reply.header('vary', 'Accept-Language, Cookie');
      if (namesTag(headers['if-none-match'], etag)) return reply.code(304).send();
      const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
      const range = byteRangeOf(isSame ? headers.range : undefined, bytes.length);
      if (range === 'beyond') return reply.code(416).header('content-range', `bytes */${bytes.length}`).send();
      if (range !== 'none') {
        reply.code(206).header('content-range', `bytes ${range.from}-${range.to}/${bytes.length}`);
        return reply.send(bytes.subarray(range.from, range.to + 1));
      }
      if (method === 'GET') {
        const known = query.commune !== '' && findCommune(query.commune) ? query.commune : '';
        reply.raw.once('finish', () => counter.take({ ...of, commune: known }));
      }
      return reply.send(bytes);
    };
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
      // Nothing is awaited for a paper that is drawn: a reply that a promise resolves to is watched until its end, by six listeners.
      (request, reply) => {
        const { paper, locale = localeOf(request) } = request.query;
        const ready = papers(slugOf(request.params), paper, locale);
        if (ready instanceof Promise) return ready.then((drawn) => give(request, reply, drawn));
        give(request, reply, ready);
      },
    );
  };
