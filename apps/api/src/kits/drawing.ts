import { Worker } from 'node:worker_threads';
import type { Locale } from '@palier/domain/accounts';
import type { KitPaper, KitSlug } from '@palier/domain/kits';

/** A paper asked of the drawing thread, and its answer under the same number. */
export type Asked = { n: number; slug: KitSlug; paper: KitPaper; locale: Locale; origin: string };
export type Drawn = { n: number; bytes: Uint8Array } | { n: number; error: string };
type Waiting = { done: (bytes: Buffer) => void; failed: (error: Error) => void };

/** How long, in ms, a thread without work is kept: its fonts and kits are some 40 MB. */
const idleMs = 10_000;

/**
 * Draws papers of kits in a thread of its own, begun with the first of them and ended when none was asked for ten seconds: a paper takes 100 to 450 ms of a processor,
 * during which nobody's call would be answered.
 */
export const openDrawing = (origin: URL) => {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let asked = 0;

  const giveUp = (error: Error): void => {
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = null;
    giveUp(new Error('nothing is drawn any more'));
    await ending?.terminate();
  };
  const rest = (): void => {
    if (waiting.size > 0) return;
    idle = setTimeout(() => void end(), idleMs);
    idle.unref();
  };
  const begin = (): Worker => {
    const begun = new Worker(new URL('draw-thread.ts', import.meta.url));
    begun.unref();
    begun.on('message', (drawn: Drawn) => {
      const one = waiting.get(drawn.n);
      waiting.delete(drawn.n);
      if ('bytes' in drawn) one?.done(Buffer.from(drawn.bytes));
      else one?.failed(new Error(drawn.error));
      rest();
    });
    begun.on('error', (error: Error) => {
      if (worker === begun) worker = null;
      giveUp(error);
    });
    return begun;
  };
  return {
    draw: (slug: KitSlug, paper: KitPaper, locale: Locale): Promise<Buffer> =>
      new Promise((done, failed) => {
        clearTimeout(idle);
        worker ??= begin();
        const n = ++asked;
        waiting.set(n, { done, failed });
        worker.postMessage({ n, slug, paper, locale, origin: origin.origin } satisfies Asked);
      }),
    stop: end,
  };
};
export type Drawing = ReturnType<typeof openDrawing>;
