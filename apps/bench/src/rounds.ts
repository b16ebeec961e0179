import { setTimeout as sleep } from 'node:timers/promises';
import { median } from './figures/stats.ts';

/** One side of a comparison: runs for a short while and resolves with what it reached, per second. */
export type Side = () => Promise<number>;

/**
 * Runs every side in turn, `rounds` times, forwards then backwards so that a drift of the machine falls on all of them alike.
 * Resolves with the median of each.
 */
export const alternate = async <Name extends string>(
  rounds: number,
  sides: Readonly<Record<Name, Side>>,
): Promise<Record<Name, number>> => {
  const names = Object.keys(sides) as Name[];
  const seen = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 ? names.toReversed() : names) seen.get(name)?.push(await sides[name]());
  return Object.fromEntries(names.map((name) => [name, median(seen.get(name) ?? [])])) as Record<Name, number>;
};

/** Runs `once` from `callers` callers at a time for `ms`, each waiting for its own answer; resolves with calls a second and each call's ms. */
export const drive = async (
  callers: number,
  ms: number,
  once: (caller: number) => Promise<unknown>,
): Promise<{ perSecond: number; tookMs: number[] }> => {
  const tookMs: number[] = [];
  const start = performance.now();
  const end = start + ms;
  const call = async (caller: number): Promise<void> => {
    for (let at = performance.now(); at < end; ) {
      await once(caller);
      const now = performance.now();
      tookMs.push(now - at);
      at = now;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  return { perSecond: tookMs.length / ((performance.now() - start) / 1000), tookMs };
};

/** Calls `once` for each item at a steady pace, whatever the calls before do; resolves with their results in order. */
export const pace = async <Item, Result>(
  items: readonly Item[],
  perSecond: number,
  once: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const start = performance.now();
  const calls: Promise<Result>[] = [];
  for (const [n, item] of items.entries()) {
    const waitMs = start + (n * 1_000) / perSecond - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    calls.push(once(item));
  }
  return Promise.all(calls);
};
