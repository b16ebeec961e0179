import { z } from 'zod';
import { type Figure, hidden, shown } from './figures.ts';

/** What an hour given is reckoned at, as the officer set it: euro cents, and the text that says so, shown wherever the amount is used. */
export const Hourly = z.strictObject({
  cents: z.number().int().min(100).max(10_000),
  source: z.string().trim().min(5).max(200),
});
export type Hourly = z.infer<typeof Hourly>;

/** How far below and above the product a range goes: people note their time, nobody measures it. */
const spread = 0.1;

/** A whole number with its first two digits kept, rounded by `round`. */
const twoDigits = (value: number, round: (value: number) => number): number => {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(value, 1))) - 1);
  return unit * round(value / unit);
};

/**
 * What published minutes of help would be worth at `cents` an hour, in euros: from a tenth less to a tenth more, outwards to two digits; never a precise amount.
 * Hidden minutes give hidden euros. Made of a published figure alone, and so it tells nothing new of anyone.
 */
export const worthOf = ({ value }: Pick<Figure, 'value'>, cents: number): { from: Figure; upTo: Figure } => {
  if (value === null) return { from: hidden('euros'), upTo: hidden('euros') };
  const euros = ((value / 60) * cents) / 100;
  return {
    from: shown(twoDigits(euros * (1 - spread), Math.floor), 'euros'),
    upTo: shown(twoDigits(euros * (1 + spread), Math.ceil), 'euros'),
  };
};
