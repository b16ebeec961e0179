/** What quality.md asks of a figure: a ratio or an amount, at least or at most. */
export type Bar = { atLeast: number } | { atMost: number };

/** How something grows, to be drawn: over open posts or over open sockets. */
export type Curve = { panel: 'posts' | 'sockets'; name: string; points: { x: number; y: number }[] };

/** One line of a bench: what ran, what it was held against in the same run, and the bar where there is one. `seen` is the ratio or amount that the bar judges. */
export type Figure = {
  id: string;
  what: string;
  work: string;
  limit: string;
  seen: number;
  unit: 'of the limit' | '× the limit' | 'ms' | 's' | 'wrong' | 'points' | '×' | 'kB' | 'KiB';
  bar: Bar | null;
  note?: string;
  curve?: Curve;
};

/** Whether a figure meets its bar; null where there is no bar. */
export const isMet = ({ seen, bar }: Pick<Figure, 'seen' | 'bar'>): boolean | null => {
  if (!bar) return null;
  return 'atLeast' in bar ? seen >= bar.atLeast : seen <= bar.atMost;
};

const digits = (value: number): number =>
  Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;

/** A number with as many digits as it deserves. */
export const shortly = (value: number): string =>
  value.toLocaleString('en-GB', { minimumFractionDigits: digits(value), maximumFractionDigits: digits(value) });

/** What was seen, with its unit. */
export const seenOf = ({ seen, unit }: Figure): string =>
  unit === 'of the limit' ? `${shortly(seen)}` : `${shortly(seen)} ${unit}`;

/** The bar in signs. */
export const barOf = ({ bar }: Figure): string =>
  !bar ? '–' : 'atLeast' in bar ? `≥ ${shortly(bar.atLeast)}` : `≤ ${shortly(bar.atMost)}`;

/** The verdict in a word. */
export const verdictOf = (figure: Figure): 'met' | 'MISSED' | '–' => {
  const met = isMet(figure);
  return met === null ? '–' : met ? 'met' : 'MISSED';
};
