import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { Database } from '@palier/db';
import type { FastifyBaseLogger } from 'fastify';
import { hold } from './held-post.ts';
import type { HeldPosts } from './held-posts.ts';
import { listHomes, listOpenPosts } from './memory.queries.ts';

type Chunk = { cells: string[]; homes: string[] };
type FillOptions = {
  db: Database;
  log: FastifyBaseLogger;
  held: HeldPosts;
  isWarming: boolean;
};

/** Cells read for in one go, at most; fewer where they are full. */
const cellsMax = 32;
const postsPerChunk = 400;
/** Held posts are made so many in one turn of the loop, so that calls are answered in between. */
const perTurn = 50;
const wantedMax = 5_000;
const pause = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false });

const take = (set: Set<string>, count: number): string[] => {
  const taken = [...set].slice(0, count);
  for (const one of taken) set.delete(one);
  return taken;
};

/** Fills the memory in the background, one load at a time: what readers miss first, then every residence until it is full, half of the time at most. */
export const createFill = ({ db, log, held, isWarming }: FillOptions) => {
  const wantedCells = new Set<string>();
  const wantedHomes = new Set<string>();
  let waiting: { id: string; cell: string }[] | null = null;
  let [isStopped, isRunning, mustWarm, isFull, cellsAtOnce] = [false, false, isWarming, false, 8];
  let running: Promise<void> = Promise.resolve();

  const nextWanted = (): Chunk | null => {
    const cells = take(wantedCells, cellsAtOnce).filter((cell) => !held.holdsCell(cell));
    const homes = take(wantedHomes, cellsAtOnce).filter((id) => !held.holdsHome(id));
    return cells.length + homes.length > 0 ? { cells, homes } : null;
  };
  const nextCold = async (): Promise<Chunk | null> => {
    if (!mustWarm) return null;
    waiting ??= (await listHomes(db)).reverse();
    const chunk = { cells: new Set<string>(), homes: [] as string[] };
    for (let next = waiting.at(-1); next; next = waiting.at(-1)) {
      if (!chunk.cells.has(next.cell) && chunk.cells.size >= cellsAtOnce) break;
      waiting.pop();
      if (!held.holdsCell(next.cell) || !held.holdsHome(next.id)) {
        chunk.cells.add(next.cell);
        chunk.homes.push(next.id);
      }
    }
    if (chunk.homes.length > 0) return { cells: [...chunk.cells], homes: chunk.homes };
    mustWarm = false;
    waiting = null;
    return null;
  };
  /** Resolves with how long this process's loop was kept from others, in ms: reading rows takes about as long as making posts of them. */
  const load = async ({ cells, homes }: Chunk): Promise<number> => {
    const begun = held.begin(cells, homes);
    let [busyMs, since] = [0, 0];
    try {
      const stored = await listOpenPosts(db, cells, homes);
      const posts = [];
      since = performance.now();
      for (const [n, post] of stored.entries()) {
        if (n % perTurn === perTurn - 1) {
          busyMs += performance.now() - since;
          await turn();
          since = performance.now();
        }
        posts.push(hold(post));
      }
      if (!held.install(begun, posts)) [mustWarm, isFull] = [false, true];
      cellsAtOnce = Math.max(1, Math.min(cellsMax, stored.length > postsPerChunk ? cellsAtOnce >> 1 : cellsAtOnce + 1));
    } catch (error) {
      held.abandon(begun);
      throw error;
    }
    return 2 * (busyMs + performance.now() - since);
  };
  const step = async (): Promise<boolean> => {
    const wanted = nextWanted();
    const chunk = wanted ?? (await nextCold());
    if (!chunk) return wantedCells.size + wantedHomes.size > 0;
    const busyMs = await load(chunk);
    if (!wanted || isFull) await pause(busyMs); // where not all have room, somebody always misses something
    return true;
  };
  const run = async (): Promise<void> => {
    isRunning = true;
    while (!isStopped) {
      try {
        if (!(await step())) break;
      } catch (error) {
        if (isStopped) break;
        log.warn({ err: error instanceof Error ? error.message : error }, 'the feed is not held for now');
        await pause(1_000);
      }
    }
    isRunning = false;
  };
  const begin = (): void => {
    if (!isRunning && !isStopped) running = run();
  };
  begin();

  return {
    /** Asks for a cell or a residence that a reader missed. */
    want: (cell: string | null, home: string | null): void => {
      if (cell !== null && wantedCells.size < wantedMax) wantedCells.add(cell);
      if (home !== null && wantedHomes.size < wantedMax) wantedHomes.add(home);
      begin();
    },
    /** Begins again, after everything was forgotten. */
    restart: (): void => {
      waiting = null;
      [mustWarm, isFull] = [isWarming, false];
      begin();
    },
    /** Resolves when nothing is left to load. */
    whenIdle: (): Promise<void> => running,
    stop: async (): Promise<void> => {
      isStopped = true;
      await running;
    },
  };
};
