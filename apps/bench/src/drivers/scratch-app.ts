import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { residentsOnly } from '@palier/api/scopes';
import { openPool } from '@palier/db';
import { feedMemoryOf, feedReadsOf, openFeedMemory } from '../../../api/src/posts/index.ts';
import { buildInProcess } from '../stage/in-process.ts';
import { answerQuestions } from './driver.ts';

let app: Awaited<ReturnType<typeof buildInProcess>>;
const session = new Session();
session.connect();
answerQuestions<any, any>(async (q) => {
  if (q.op === 'open') {
    writeFileSync('/tmp/feed-url', q.url);
    const pool = openPool({ url: q.url, max: 15, applicationName: 'palier bench app' });
    const port = 20_000 + (process.pid % 20_000);
    app = await buildInProcess(pool, q.dir, port);
    await app.register(
      residentsOnly(async (inside) => {
        inside.get('/bench/empty', { schema: { hide: true } }, async () => ({}));
      }),
      { prefix: '/api' },
    );
    await app.listen({ host: '127.0.0.1', port });
    return `http://127.0.0.1:${port}`;
  }
  if (q.op === 'warm') {
    globalThis.gc?.();
    const before = process.memoryUsage();
    const start = performance.now();
    const cpu = process.cpuUsage();
    openFeedMemory({ db: app.deps.db, log: app.deps.log, head: () => 0, ...q.options });
    if (q.wait) await feedMemoryOf(app.deps.db)?.whenIdle();
    globalThis.gc?.();
    const after = process.memoryUsage();
    const used = process.cpuUsage(cpu);
    return {
      ms: performance.now() - start,
      cpuMs: used.user / 1000,
      held: feedMemoryOf(app.deps.db)?.held.size,
      heapMB: (after.heapUsed - before.heapUsed) / 1e6,
      rssMB: after.rss / 1e6,
      extMB: (after.external - before.external) / 1e6,
    };
  }
  if (q.op === 'reads') return { ...feedReadsOf(app.deps.db) };
  if (q.op === 'profile') {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    return null;
  }
  if (q.op === 'profiled') {
    const { profile } = await session.post('Profiler.stop');
    writeFileSync(q.file, JSON.stringify(profile));
    return null;
  }
});
