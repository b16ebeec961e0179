import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { AppError } from '../errors.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses what another site sends in a neighbour's name: an unsafe call needs our own Origin, or a browser's word that it comes from our own pages. Codes: `origin.foreign`, `origin.missing`. */
export const checkOrigin = (headers: FastifyRequest['headers'], ours: string): void => {
  const site = headers['sec-fetch-site'];
  if (headers.origin !== undefined && headers.origin !== ours) throw new AppError('origin.foreign');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new AppError('origin.foreign');
  if (headers.origin === undefined && site !== 'same-origin') throw new AppError('origin.missing');
};

/** The one gate for every unsafe call, body or not, whatever its content type. */
export const originGate = fp<{ origin: URL }>(async (app, { origin }) => {
  app.addHook('onRequest', async (request) => {
    if (!safe.has(request.method) && request.url.startsWith('/api')) checkOrigin(request.headers, origin.origin);
  });
});
