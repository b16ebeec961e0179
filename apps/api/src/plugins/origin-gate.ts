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

/** The path of the route that was found, since the router decodes what was sent: `/%61pi/me` is `/api/me`. */
const isOfApi = ({ routeOptions, url }: FastifyRequest): boolean => (routeOptions.url ?? url).startsWith('/api');

/** The one gate for every unsafe call, body or not, whatever its content type and however its path is spelt. */
export const originGate = fp<{ origin: URL }>(async (app, { origin }) => {
  app.addHook('onRequest', async (request) => {
    const { isOneClick } = request.routeOptions.config;
    if (!safe.has(request.method) && isOfApi(request) && !isOneClick) checkOrigin(request.headers, origin.origin);
  });
});
