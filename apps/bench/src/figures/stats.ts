/** The middle of a list of numbers; the mean of the two middle ones when it is even; NaN of none. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The quantile `q` (0 to 1) of a list of numbers, between neighbours by their distance; NaN of none. */
export const quantile = (values: readonly number[], q: number): number => {
  const sorted = Float64Array.from(values).sort();
  const at = (sorted.length - 1) * q;
  const [below, above] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return below + (above - below) * (at - Math.floor(at));
};
