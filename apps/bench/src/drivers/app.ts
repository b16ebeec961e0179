import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathToFileURL } from 'node:url';
import { residentsOnly } from '@palier/api/scopes';
import { hasWeb, inProcess, mountWeb } from '@palier/api/web-mount';
import { openPool } from '@palier/db';
import { buildInProcess } from '../stage/in-process.ts';
import { answerQuestions } from './driver.ts';

/** Starts the assembled application with two routes more: an empty one for residents, and, given its handler, an empty page. Answers its origin. */
export type AppQuestion = { url: string; dir: string; emptyPage: string | null };

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

answerQuestions<AppQuestion, string>(async ({ url, dir, emptyPage }) => {
  const pool = openPool({ url, max: 15, applicationName: 'palier bench app' });
  const port = 20_000 + (process.pid % 20_000);
  const app = await buildInProcess(pool, dir, port);
  const origin = new URL(`http://127.0.0.1:${port}`);
  await app.register(
    residentsOnly(async (inside) => {
      inside.get('/bench/empty', { schema: { hide: true } }, async () => ({}));
    }),
    { prefix: '/api' },
  );
  if (emptyPage && hasWeb()) {
    await mountWeb(app, origin, inProcess(app));
    const { handler } = (await import(pathToFileURL(emptyPage).href)) as { handler: Handler };
    app.get('/bench-empty', { schema: { hide: true }, config: { scope: 'everyone' } }, (request, reply) => {
      Object.assign(request.raw.headers, {
        'x-palier-proto': 'http',
        'x-palier-host': origin.host,
        'x-palier-addr': request.ip,
      });
      reply.hijack();
      handler(request.raw, reply.raw, () => reply.raw.writeHead(404).end());
    });
  }
  await app.listen({ host: '127.0.0.1', port });
  return origin.origin;
});
