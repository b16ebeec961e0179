const firstMs = 1_000;
const longestMs = 15_000;

/** How long to wait after the `failures`-th failure in a row (1 or more), in ms: anything from 0 to twice the last bound, at most 15 s (full jitter; `random` in [0, 1)), so that a crowd does not come back at once. */
export const backoffMs = (failures: number, random: number): number =>
  random * Math.min(longestMs, firstMs * 2 ** (failures - 1));
