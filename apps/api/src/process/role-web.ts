import Fastify from 'fastify';
import { internalHeaders } from '../plugins/client-address.ts';
import { localeOf } from '../plugins/locale.ts';
import { problemOf } from '../plugins/problems.ts';
import type { Parts } from './parts.ts';
import { type Bridge, mountWeb } from './web-mount.ts';

/** Calls the API in its own process, saying for whom by the token that our processes share. */
const acrossNetwork =
  (apiUrl: string, token: string): Bridge['fetch'] =>
  (request, clientAddress) => {
    const { pathname, search } = new URL(request.url);
    const forwarded = new Request(new URL(pathname + search, apiUrl), request);
    forwarded.headers.set(internalHeaders.token, token);
    forwarded.headers.set(internalHeaders.address, clientAddress);
    return fetch(forwarded);
  };

/** The pages alone; the API is at API_URL. */
export const startWebRole = async ({ env, keys, log, door, closers }: Parts): Promise<void> => {
  const { apiUrl } = env;
  if (!apiUrl) throw new Error('ROLE=web needs API_URL, the address of the API');
  const app = Fastify({
    loggerInstance: log,
    serverFactory: door.serverFactory,
    bodyLimit: 65_536,
    trustProxy: env.trustProxy ?? false,
  });
  closers.push(async () => {
    await Promise.all([app.close(), door.drain()]);
  });
  app.get('/api/health', async () => ({ status: 'alive' }));
  app.get('/api/ready', async (_request, reply) => {
    const answer = await fetch(new URL('/api/ready', apiUrl), { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    );
    return answer?.ok
      ? answer.json()
      : reply
          .code(503)
          .header('retry-after', '1')
          .send({ bus: 'polling', missing: ['api'] });
  });
  app.all('/api/*', async (request, reply) =>
    reply
      .code(404)
      .type('application/problem+json')
      .send(problemOf('resource.absent', localeOf(request))),
  );
  await mountWeb(app, env.origin, { fetch: acrossNetwork(apiUrl, keys.internal.toString('base64url')) });
  await app.ready();
};
