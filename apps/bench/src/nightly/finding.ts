import { loadavg } from 'node:os';
import { type Bar, isMet, shortly } from '../figures/figure.ts';

/** One figure of a load or fault test, beside its bar of reliability.md; `isWrong` when missing it means that something was lost, doubled or out of order, whatever the machine. */
export type Finding = { id: string; what: string; seen: number; unit: string; bar: Bar | null; isWrong?: boolean };

/** A count that must be nought. */
export const mustBeNone = (id: string, what: string, seen: number): Finding => ({
  id,
  what,
  seen,
  unit: '',
  bar: { atMost: 0 },
  isWrong: true,
});

/** A figure that may be so much at most. */
export const atMost = (id: string, what: string, seen: number, unit: string, most: number): Finding => ({
  id,
  what,
  seen,
  unit,
  bar: { atMost: most },
});

/** A finding as the console says it: a bar missed is said to be. */
export const tellFinding = ({ id, what, seen, unit, bar }: Finding): string => {
  const said = `${shortly(seen)}${unit && ` ${unit}`}`;
  if (!bar) return `${id.padEnd(5)}${what}: ${said}`;
  const limit = 'atMost' in bar ? `≤ ${shortly(bar.atMost)}` : `≥ ${shortly(bar.atLeast)}`;
  return `${id.padEnd(5)}${what}: ${said}   bar ${limit}   ${isMet({ seen, bar }) ? 'met' : 'MISSED'}`;
};

export const loadNow = (): string => (loadavg()[0] ?? 0).toFixed(1);
