import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds, at most `ms`; resolves with how long it took, `Infinity` when it never did. */
export const timeUntil = async (holds: () => boolean | Promise<boolean>, ms: number): Promise<number> => {
  const startMs = performance.now();
  while (!(await holds())) {
    if (performance.now() - startMs > ms) return Number.POSITIVE_INFINITY;
    await sleep(10);
  }
  return performance.now() - startMs;
};

/** The middle of a run: its own length, which is what is tested. */
export const lasting = (ms: number): Promise<void> => sleep(ms);
