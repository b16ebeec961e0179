import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Driver, startDriver } from '../drivers/driver.ts';
import type { Heard, Question } from '../drivers/sockets.ts';
import type { Figure } from '../figures/figure.ts';
import type { BareQuestion } from '../limits/bare-live.ts';
import { pace } from '../rounds.ts';
import type { Listener } from '../stage/audience.ts';
import { insertBare } from '../stage/bare-insert.ts';
import { openSessions, settle } from '../stage/people.ts';
import { processorSeconds, startServer } from '../stage/server.ts';
import { openStore, type Store } from '../stage/store.ts';
import { whenStreamRests } from '../stage/stream.ts';
import { middlingTowns } from '../stage/towns.ts';

/** The first hundred are of the commune in which all is published; all others live elsewhere. */
const steps = [100, 1_000, 5_000, 9_500] as const;
/** Memory is counted from here on: what a process had to spare is used up by then. */
const halfway = 5_000;
const posts = 400;
const perSecond = 100;
const rounds = 3;

const residentKiB = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);

/** Readers of one commune first, then readers of all the others. */
const listListeners = async (store: Store): Promise<Listener[]> => {
  const towns = middlingTowns(30);
  await settle(store, towns, 40);
  const here = towns[0]?.commune ?? '';
  const reached = await openSessions(store, steps[0], 'commune = $1', here);
  const others = await openSessions(store, (steps.at(-1) ?? 0) - steps[0], 'commune <> $1', here);
  return [...reached, ...others].map((reader) => ({ ...reader, categories: null }));
};

type Step = { sockets: number; processorMs: number; deliveries: number; rssKiB: number };

/** Opens ever more sockets at one server, and publishes among the first hundred at each step; resolves with the processor that a post takes there, and what the server holds. */
const measureSteps = async (store: Store, listeners: readonly Listener[]): Promise<Step[]> => {
  const server = await startServer(join(store.dir, 'sockets'), store);
  const driver: Driver<Question, Heard[]> = startDriver('drivers/sockets.ts');
  const pool = store.pool();
  try {
    const taken: Step[] = [];
    let open = 0;
    for (const sockets of steps) {
      await driver.ask({ act: 'open', origin: server.origin, listeners: listeners.slice(open, sockets) });
      open = sockets;
      await sleep(3_000); // first frames are out, and short-lived memory is given back
      const step: Step = {
        sockets,
        processorMs: Number.POSITIVE_INFINITY,
        deliveries: 0,
        rssKiB: residentKiB(server.pid),
      };
      for (let round = 0; round < rounds; round++) {
        const before = processorSeconds(server.pid);
        const names = Array.from({ length: posts }, () => randomUUID() as string);
        const publish = (postId: string, author: Listener) => insertBare(pool, author, { seq: null, postId });
        const told = pace([...names.entries()], perSecond, ([n, postId]) =>
          publish(postId, listeners[n % steps[0]] as Listener),
        );
        const [heard] = await Promise.all([driver.ask({ act: 'hear', seconds: posts / perSecond }), told]);
        await whenStreamRests(store);
        step.processorMs = Math.min(step.processorMs, ((processorSeconds(server.pid) - before) * 1_000) / posts);
        step.deliveries = heard.reduce((sum, one) => sum + one.listeners.length, 0) / posts;
      }
      taken.push(step);
    }
    return taken;
  } finally {
    await driver.stop();
    await server.stop();
    await pool.end();
  }
};

/** What a bare `ws` server holds for each of as many sockets. */
const measureBare = async (store: Store, listeners: readonly Listener[]): Promise<number> => {
  const bare = startDriver<BareQuestion, string>('limits/bare-live.ts');
  const driver: Driver<Question, Heard[]> = startDriver('drivers/sockets.ts');
  try {
    const origin = await bare.ask({ act: 'start', url: store.appUrl, people: [...listeners] });
    await driver.ask({ act: 'open', origin, listeners: listeners.slice(0, halfway) });
    await sleep(3_000);
    const before = residentKiB(bare.pid);
    await driver.ask({ act: 'open', origin, listeners: listeners.slice(halfway) });
    await sleep(3_000);
    return (residentKiB(bare.pid) - before) / (listeners.length - halfway);
  } finally {
    await driver.stop();
    await bare.stop();
  }
};

/** Publishing to the same readers while 100 to 9,500 sockets are open, and P4. */
export const growSockets = async (say: (line: string) => void): Promise<Figure[]> => {
  const store = await openStore();
  try {
    const listeners = await listListeners(store);
    say(`opening ${listeners.length.toLocaleString('en-GB')} sockets`);
    const taken = await measureSteps(store, listeners);
    const bareKiB = await measureBare(store, listeners);
    const [first, last] = [taken.at(0), taken.at(-1)] as [Step, Step];
    const half = taken.find(({ sockets }) => sockets === halfway) ?? first;
    const eachKiB = (last.rssKiB - half.rssKiB) / (last.sockets - half.sockets);
    const what = 'processor of the server a post that reaches the same readers';
    return [
      {
        id: 'growth',
        what: `${what}, from 100 to 9,500 sockets`,
        work: taken
          .map((one) => `${one.processorMs.toFixed(2)} ms at ${one.sockets.toLocaleString('en-GB')}`)
          .join(', '),
        limit: `the same at ${first.sockets}`,
        seen: last.processorMs / first.processorMs,
        unit: '×',
        bar: null,
        note: `${taken.map(({ deliveries }) => deliveries.toFixed(0)).join(', ')} deliveries a post`,
        curve: {
          panel: 'sockets',
          name: what,
          points: taken.map(({ sockets, processorMs }) => ({ x: sockets, y: processorMs })),
        },
      },
      {
        id: 'P4',
        what: `memory an idle connection, ${last.sockets.toLocaleString('en-GB')} sockets`,
        work: `${eachKiB.toFixed(1)} KiB of the server's resident memory, from ${halfway.toLocaleString('en-GB')} on`,
        limit: `${bareKiB.toFixed(1)} KiB, bare ws with its index (9 KiB measured beforehand: here its spare memory takes most of them in)`,
        seen: eachKiB,
        unit: 'KiB',
        bar: { atMost: 18 },
      },
    ];
  } finally {
    await store.close();
  }
};
