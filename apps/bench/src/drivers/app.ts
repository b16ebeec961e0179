import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathToFileURL } from 'node:url';
import { feedMemoryOf, openFeedMemory } from '@palier/api/posts';
import { residentsOnly } from '@palier/api/scopes';
import { hasWeb, inProcess, mountWeb } from '@palier/api/web-mount';
import { openPool } from '@palier/db';
import type pg from 'pg';
import { buildInProcess } from '../stage/in-process.ts';
import { answerQuestions } from './driver.ts';

/**
 * Starts the assembled application with two routes more: an empty one for residents, and, given its handler, an empty page; with the feed in memory, whole, if it is to have one.
 * Answers its origin, and what the memory took.
 */
export type AppQuestion = { url: string; dir: string; emptyPage: string | null; hasMemory: boolean };
export type AppStarted = { origin: string; held: number; memoryBytes: number; fillMs: number };

type App = Awaited<ReturnType<typeof buildInProcess>>;
type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const bytesInUse = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Fills the feed's memory; nothing writes during the bench, so the stream's place stays where it is. */
const fillMemory = async (pool: pg.Pool, { db, log }: App['deps']): Promise<Omit<AppStarted, 'origin'>> => {
  const { rows } = await pool.query<{ seq: string }>('select seq from stream_head');
  const head = Number(rows[0]?.seq ?? 0);
  const before = bytesInUse();
  const start = performance.now();
  openFeedMemory({ db, log, head: () => head });
  const memory = feedMemoryOf(db);
  await memory?.whenIdle();
  const fillMs = performance.now() - start;
  return { held: memory?.held.size ?? 0, memoryBytes: bytesInUse() - before, fillMs };
};

answerQuestions<AppQuestion, AppStarted>(async ({ url, dir, emptyPage, hasMemory }) => {
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
  const memory = hasMemory ? await fillMemory(pool, app.deps) : { held: 0, memoryBytes: 0, fillMs: 0 };
  return { origin: origin.origin, ...memory };
});
