import { z } from 'zod';
import { allowed, refused, type Verdict } from '../errors.ts';
import { TypedText } from '../posts/index.ts';
import { rankOf, WeatherColour } from '../weather/colours.ts';
import { peopleMin } from './cells.ts';

/** Why a town hall may write to a zone: the closed list. */
export const TownPurpose = z.enum([
  'heat',
  'cold',
  'risk',
  'cut',
  'works',
  'health',
  'service',
  'gathering',
  'volunteers',
]);
export type TownPurpose = z.infer<typeof TownPurpose>;

/** The body of `POST /api/communes/:insee/messages`: to everyone of the commune, or of one of its quarters. */
export const WriteTownMessage = z.strictObject({
  purpose: TownPurpose,
  quarter: z.string().max(40).optional(),
  title: TypedText(3, 80),
  text: TypedText(10, 600),
});
export type WriteTownMessage = z.infer<typeof WriteTownMessage>;

/** A message of the town hall, as anyone reads it; `quarter` is its number in the commune, null for all of it. */
export const TownMessage = z.strictObject({
  id: z.uuid(),
  purpose: TownPurpose,
  quarter: z.int().nullable(),
  title: z.string(),
  text: z.string(),
  writtenAt: z.iso.datetime(),
});
export type TownMessage = z.infer<typeof TownMessage>;

/** What an officer needs to write: when the next may leave (null: now), the colour that lifts the limit, the election that is near, and the quarters. */
export const TownMessagesDesk = z.strictObject({
  name: z.string(),
  nextAt: z.iso.datetime().nullable(),
  colour: WeatherColour.nullable(),
  election: z.string().nullable(),
  quarters: z.array(z.strictObject({ id: z.string(), number: z.int() })),
  items: z.array(TownMessage),
});
export type TownMessagesDesk = z.infer<typeof TownMessagesDesk>;

const weekMs = 7 * 86_400_000;
/** How long a message is shown to those it is for, in ms: seven days. */
export const townMessageShownMs = weekMs;

/** When the next message of a commune may leave: a week after the last; null when now, and always in orange or red. */
export const nextTownMessageAt = (last: Date | null, colour: WeatherColour | null, now: Date): Date | null => {
  const isUrgent = colour !== null && rankOf(colour) >= rankOf('orange');
  if (last === null || isUrgent || now.getTime() - last.getTime() >= weekMs) return null;
  return new Date(last.getTime() + weekMs);
};

/** Whether a town hall may write now: one message a week in each commune, but in orange or red. Code: `town.weekly`. */
export const canWriteToZone = (last: Date | null, colour: WeatherColour | null, now: Date): Verdict =>
  nextTownMessageAt(last, colour, now) === null ? allowed : refused('town.weekly');

/**
 * The quarter a message is delivered to: the one that it is about, or all of the commune (null) when fewer than eleven of its inhabitants are there to read it, so that no message reaches one person.
 * The archive names the quarter either way, and whoever wrote is not told.
 */
export const deliveredTo = (quarter: string | null, inhabitants: number): string | null =>
  inhabitants < peopleMin ? null : quarter;

/**
 * Months of general elections that are known by law: the President's in April 2027 (Constitution, article 7: 20 to 35 days before the term ends, on 13 May 2027), departments and regions in
 * March 2028 (law 2021-191 of 22 February 2021), town councils in March 2032 (code électoral, article L. 227). Others are given by configuration.
 */
const electionsByLaw = ['2027-04', '2028-03', '2032-03'] as const;

/**
 * The month of the election near a day (`2026-11-22`), null when none is: from the first day of the sixth month before it, a town may not praise its own work (code électoral, article L. 52-1,
 * second paragraph). `others` are months besides those that the law fixes.
 */
export const electionNear = (day: string, others: readonly string[]): string | null => {
  const monthsOf = (text: string): number => 12 * Number(text.slice(0, 4)) + Number(text.slice(5, 7));
  const ahead = (month: string): number => monthsOf(month) - monthsOf(day);
  const near = [...electionsByLaw, ...others].filter((month) => ahead(month) >= 0 && ahead(month) <= 6);
  return near.sort()[0] ?? null;
};
