import { timingSafeEqual } from 'node:crypto';
import fp from 'fastify-plugin';

/** The headers by which our own web process says for whom it calls. */
export const internalHeaders = { token: 'x-palier-internal', address: 'x-palier-client' } as const;

/** Believes the address that our own web process gives, by a token that only we hold: limits are counted by visitor, not by that process. */
export const clientAddress = fp<{ token: string }>(async (app, { token }) => {
  const wanted = Buffer.from(token);
  app.addHook('onRequest', async (request) => {
    const given = request.headers[internalHeaders.token];
    const address = request.headers[internalHeaders.address];
    if (typeof given !== 'string' || typeof address !== 'string') return;
    const candidate = Buffer.from(given);
    if (candidate.length === wanted.length && timingSafeEqual(candidate, wanted))
      Object.defineProperty(request, 'ip', { value: address });
  });
});
