import { createHash } from 'node:crypto';
import fp from 'fastify-plugin';
import { z } from 'zod';

/** Whether `If-None-Match` names this tag, weakly compared (RFC 9110, 13.1.2). */
export const namesTag = (header: string | undefined, etag: string): boolean => {
  if (header === undefined) return false;
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return (
    header.trim() === '*' ||
    header
      .slice(0, 2_000)
      .split(',')
      .some((tag) => opaque(tag) === opaque(etag))
  );
};

/** What a public read declares beside its 200: 304, without a body. */
export const unchanged = z.undefined().describe('the copy at hand is the same');

/**
 * What copies of an answer may do: whatever is not said to be public is for its reader alone and kept nowhere; what is public has a tag, and 304 answers whoever holds the same (RFC 9110, 13.1.2).
 * An answer that tags itself is left alone.
 */
export const copies = fp(async (app) => {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!reply.hasHeader('cache-control')) {
      reply.header('cache-control', 'private, no-store');
      return payload;
    }
    const isPublic = String(reply.getHeader('cache-control')).startsWith('public');
    if (!isPublic || reply.statusCode !== 200 || typeof payload !== 'string' || reply.hasHeader('etag')) return payload;
    const etag = `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`;
    reply.header('etag', etag);
    if (!namesTag(request.headers['if-none-match'], etag)) return payload;
    reply.code(304).removeHeader('content-length').removeHeader('content-type');
    return '';
  });
});
