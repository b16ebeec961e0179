import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDriver } from '../drivers/driver.ts';
import type { Load, Loaded } from '../drivers/http.ts';
import type { Figure } from '../figures/figure.ts';
import { drive } from '../rounds.ts';
import { insertBare } from '../stage/bare-insert.ts';
import { openSessions, type Reader } from '../stage/people.ts';
import { openRegion } from '../stage/region.ts';
import { processorSeconds, type Server, startServer } from '../stage/server.ts';
import type { Store } from '../stage/store.ts';
import { whenStreamRests } from '../stage/stream.ts';
import type { Bench } from './bench.ts';
import { growSockets } from './growth-sockets.ts';

const sizes = [10_000, 100_000, 1_000_000] as const;
const connections = 4;
const seconds = 3;
const body = JSON.stringify({ kind: 'request', category: 'errands', title: 'Un pain et du lait', details: '' });

/** Whoever reads publishes nothing here: how readers stand towards the memory is also a matter of their own open posts, of which nobody has thousands. */
type People = { readers: readonly Reader[]; authors: readonly Reader[] };
type Took = { posts: number; feedMs: number; publishMs: number; bareMs: number };

/** Resolves once a server has filled its memory behind and rests: under a tenth of a processor for a second; a minute at most. */
const whenRested = async (pid: number): Promise<void> => {
  for (let seconds = 0, before = processorSeconds(pid); seconds < 60; seconds++) {
    await sleep(1_000);
    const now = processorSeconds(pid);
    if (now - before < 0.1) return;
    before = now;
  }
};

/** How many posts a server holds in memory, by its own metrics. */
const heldBy = async (origin: string): Promise<number> => {
  const metrics = await (await fetch(`${origin}/api/metrics`)).text();
  return Number(/^palier_feed_held (\d+)/m.exec(metrics)?.[1] ?? 0);
};

/**
 * Resolves once a server has filled its memory, with how many posts it holds: five seconds without a post more; two and a half minutes at most. A million posts take more than a minute,
 * in the midst of which a call waits for the server's one loop: that is the first minute's cost, not what grows with the posts.
 */
const whenFilled = async ({ origin }: Server): Promise<number> => {
  let [held, still] = [0, 0];
  for (let seconds = 0; seconds < 150 && still < 5; seconds++) {
    await sleep(1_000);
    const now = await heldBy(origin);
    still = now === held && now > 0 ? still + 1 : 0;
    held = now;
  }
  return held;
};

/** What one call takes while few call: a feed of readers everywhere, and a post of theirs, by a server that has filled its memory. */
const measureSize = async (
  store: Store,
  posts: number,
  { readers, authors }: People,
  say: (line: string) => void,
): Promise<Omit<Took, 'posts'>> => {
  const server = await startServer(join(store.dir, `app-${posts}`), store);
  const driver = startDriver<Load, Loaded>('drivers/http.ts');
  try {
    const load = { origin: server.origin, connections, seconds };
    const ask = async (who: readonly Reader[], one: Pick<Load, 'method' | 'paths' | 'body'>): Promise<number> => {
      const { perSecond, refused } = await driver.ask({ ...load, cookies: who.map(({ cookie }) => cookie), ...one });
      if (refused > 0) throw new Error(`${refused} calls refused`);
      return (connections * 1_000) / perSecond;
    };
    say(`${(await whenFilled(server)).toLocaleString('en-GB')} held in memory`);
    await whenRested(server.pid);
    await ask(readers, { method: 'GET', paths: ['/api/posts'] }); // plans and caches
    const feedMs = await ask(readers, { method: 'GET', paths: ['/api/posts?limit=20'] });
    const publishMs = await ask(authors, { method: 'POST', paths: ['/api/posts'], body });
    await whenStreamRests(store);
    await whenRested(server.pid);
    let seq = -posts * 10;
    const pool = store.pool(connections);
    const bare = await drive(connections, seconds * 1_000, () => {
      seq -= 1;
      return insertBare(pool, authors[-seq % authors.length] as Reader, { seq });
    });
    await pool.end();
    return { feedMs, publishMs, bareMs: (connections * 1_000) / bare.perSecond };
  } finally {
    await driver.stop();
    await server.stop();
  }
};

const inWords = (took: readonly Took[], of: (one: Took) => number): string =>
  took.map((one) => `${of(one).toFixed(2)} ms at ${one.posts.toLocaleString('en-GB')}`).join(', ');

const figureOf = (took: readonly Took[], what: string, of: (one: Took) => number): Figure => {
  const [first, last] = [took.at(0), took.at(-1)];
  return {
    id: 'growth',
    what: `${what}, ${connections} connections, from 10,000 to 1,000,000 open posts`,
    work: inWords(took, of),
    limit: 'the same at 10,000',
    seen: last && first ? of(last) / of(first) : Number.NaN,
    unit: '×',
    bar: null,
    curve: { panel: 'posts', name: what, points: took.map((one) => ({ x: one.posts, y: of(one) })) },
  };
};

/** How the cost of reading and publishing grows with the open posts, and that of publishing with the sockets; P4, what an idle socket holds. In a region of its own, since it grows in steps. */
export const benchGrowth: Bench = async ({ say }) => {
  const { store, grow } = await openRegion(say);
  try {
    const everyone = await openSessions(store, 2_050);
    const people: People = { readers: everyone.slice(0, 50), authors: everyone.slice(50) };
    const took: Took[] = [];
    for (const posts of sizes) {
      await grow(posts);
      say(`calling among ${posts.toLocaleString('en-GB')}`);
      took.push({ posts, ...(await measureSize(store, posts, people, say)) });
    }
    return [
      figureOf(took, 'GET /api/posts', ({ feedMs }) => feedMs),
      figureOf(took, 'POST /api/posts', ({ publishMs }) => publishMs),
      figureOf(took, 'bare inserts of post, audit and outbox', ({ bareMs }) => bareMs),
      ...(await growSockets(say)),
    ];
  } finally {
    await store.close();
  }
};
