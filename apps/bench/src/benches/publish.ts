import { join } from 'node:path';
import { startDriver } from '../drivers/driver.ts';
import type { Load, Loaded } from '../drivers/http.ts';
import { median } from '../figures/stats.ts';
import { alternate, drive } from '../rounds.ts';
import { insertBare } from '../stage/bare-insert.ts';
import { openSessions, settle } from '../stage/people.ts';
import { processorSeconds, startServer } from '../stage/server.ts';
import { openStore } from '../stage/store.ts';
import { whenStreamRests } from '../stage/stream.ts';
import { middlingTowns } from '../stage/towns.ts';
import type { Bench } from './bench.ts';

const connections = 50;
const seconds = 3;
const rounds = 5;
const body = JSON.stringify({
  kind: 'request',
  category: 'errands',
  title: 'Un pain et du lait',
  details: 'Je rembourse les courses.',
});

/** P6: `POST /api/posts`, the full path, beside the bare inserts of the same rows. */
export const benchPublish: Bench = async () => {
  const store = await openStore();
  const pool = store.pool();
  try {
    await settle(store, middlingTowns(20), 10);
    const authors = await openSessions(store, connections);
    const server = await startServer(join(store.dir, 'app'), store);
    const driver = startDriver<Load, Loaded>('drivers/http.ts');
    try {
      const load: Load = {
        origin: server.origin,
        method: 'POST',
        paths: ['/api/posts'],
        cookies: authors.map(({ cookie }) => cookie),
        body,
        connections,
        seconds,
      };
      let seq = 0;
      const [p50s, p99s]: [number[], number[]] = [[], []];
      let refused = 0;
      const processorMs: number[] = [];
      const seen = await alternate(rounds, {
        work: async () => {
          const before = processorSeconds(server.pid);
          const { perSecond, p50Ms, p99Ms, refused: more } = await driver.ask(load);
          p50s.push(p50Ms);
          p99s.push(p99Ms);
          refused += more;
          processorMs.push(((processorSeconds(server.pid) - before) * 1_000) / (perSecond * seconds));
          await whenStreamRests(store);
          return perSecond;
        },
        limit: async () => {
          const { perSecond } = await drive(connections, seconds * 1_000, (n) =>
            insertBare(pool, authors[n] ?? authors[0]!, { seq: --seq }),
          );
          return perSecond;
        },
      });
      return [
        {
          id: 'P6',
          what: `POST /api/posts, the full path, ${connections} connections`,
          work: `${Math.round(seen.work)} posts/s, p50 ${median(p50s)} ms, p99 ${median(p99s)} ms, ${refused} refused`,
          limit: `${Math.round(seen.limit)} bare transactions/s (post, audit, outbox)`,
          seen: seen.work / seen.limit,
          unit: 'of the limit',
          bar: { atLeast: 0.5 },
          note: `${median(processorMs).toFixed(2)} ms of the server's processor a post`,
        },
      ];
    } finally {
      await driver.stop();
      await server.stop();
    }
  } finally {
    await pool.end();
    await store.close();
  }
};
