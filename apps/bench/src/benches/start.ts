import { join } from 'node:path';
import { startEmbedded } from '@palier/db/embedded';
import type { Figure } from '../figures/figure.ts';
import { median } from '../figures/stats.ts';
import { startServer } from '../stage/server.ts';
import { newFolder } from '../stage/store.ts';
import type { Bench } from './bench.ts';

const rounds = 5;

type Starts = { readyMs: number; databaseMs: number };

/** Starts the whole server and PostgreSQL alone in turn over one folder, which has been started before. */
const measureStarts = async (dataDir: string): Promise<Starts> => {
  await (await startServer(dataDir, null)).stop(); // the first one migrates
  const [ready, database]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const server = await startServer(dataDir, null);
    ready.push(server.tookMs);
    await server.stop();
    const start = performance.now();
    const alone = await startEmbedded(dataDir, () => undefined);
    database.push(performance.now() - start);
    await alone.stop();
  }
  return { readyMs: median(ready), databaseMs: median(database) };
};

const figureOf = ({ readyMs, databaseMs }: Starts, what: string): Figure => ({
  id: 'P10',
  what: `start to ready, ${what}`,
  work: `${Math.round(readyMs)} ms`,
  limit: `${Math.round(databaseMs)} ms for embedded PostgreSQL alone`,
  seen: readyMs,
  unit: 'ms',
  bar: { atMost: 2_000 },
  note: `${(readyMs / databaseMs).toFixed(1)} × the limit`,
});

/** P10: from the spawn of a started-before instance to its word that it is ready, empty and with a million posts. */
export const benchStart: Bench = async ({ region }) => {
  const { dir, remove } = newFolder();
  try {
    const empty = await measureStarts(join(dir, 'data'));
    const { store, grow } = await region();
    await grow(1_000_000);
    await store.pause();
    const full = await measureStarts(store.dataDir);
    return [
      figureOf(empty, 'an instance without posts'),
      figureOf(full, 'an instance with 1,000,000 posts'),
      {
        id: 'P10',
        what: 'start with 1,000,000 posts beside a start with none',
        work: `${Math.round(full.readyMs)} ms`,
        limit: `${Math.round(empty.readyMs)} ms`,
        seen: full.readyMs / empty.readyMs,
        unit: '×',
        bar: { atMost: 2 },
      },
    ];
  } finally {
    remove();
  }
};
