import { z } from 'zod';
import { Figure, hidden, shown } from './figures.ts';
import { IndicatorId, indicators } from './indicators.ts';
import type { Release } from './schemas.ts';
import { TownMessage } from './town-messages.ts';
import { Hourly } from './worth.ts';

/** The year of a town's file. */
export const ReadYear = z.strictObject({ year: z.string().regex(/^20\d{2}$/) });

/** What a year comes to: the sum of what was published month by month, or, for people, the highest month; `hiddenMonths` are not in it, so that a sum is then a least. */
export const YearFigure = z.strictObject({
  id: IndicatorId,
  label: z.string(),
  method: z.string(),
  figure: Figure,
  upTo: Figure.nullable(),
  months: z.number().int(),
  hiddenMonths: z.number().int(),
});
export type YearFigure = z.infer<typeof YearFigure>;

/** A campaign of the year: its kit in words, and the days it ran. */
const YearCampaign = z.strictObject({ label: z.string(), firstDay: z.iso.date(), lastDay: z.iso.date() });

/** What the town hall did for its people: what it wrote to zones in the year, and the numbers and cool places as it publishes them on the day `on`: what was taken off is not kept, so a past year's lists are today's too. */
const YearGestures = z.strictObject({
  messages: z.array(TownMessage.omit({ id: true, text: true })),
  on: z.iso.date(),
  numbers: z.array(z.string()),
  coolPlaces: z.array(z.string()),
});

/** The town's file of a year (the evidence that a label asks for): releases, campaigns and gestures, nothing below the commune. */
export const YearView = z.strictObject({
  commune: z.string(),
  name: z.string(),
  year: z.string(),
  /** Months of the year that were released. */
  months: z.array(
    z.strictObject({ period: z.string(), indicators: z.array(z.strictObject({ id: IndicatorId, figure: Figure })) }),
  ),
  totals: z.array(YearFigure),
  campaigns: z.array(YearCampaign),
  gestures: YearGestures,
  hourly: Hourly.nullable(),
  years: z.array(z.string()),
});
export type YearView = z.infer<typeof YearView>;

const atTheEnd: ReadonlySet<IndicatorId> = new Set(['residences', 'neighbours']);
const neverSummed: ReadonlySet<IndicatorId> = new Set(['answered', 'first-yes', 'coverage', 'campaigns']);

/**
 * What the months of a year come to for one indicator, from their published figures alone: sums of what is counted, the highest month of people, the last of what stands;
 * hidden months are left out and counted in `hiddenMonths`. Null for shares, medians and campaigns that last over two months, which nobody may add, and where no month has it.
 */
export const yearOf = (
  id: IndicatorId,
  months: readonly Release[],
): { figure: Figure; months: number; hiddenMonths: number } | null => {
  const figures = months.flatMap((month) => month.indicators.find((one) => one.id === id)?.figure ?? []);
  if (neverSummed.has(id) || figures.length === 0) return null;
  const values = figures.flatMap(({ value }) => value ?? []);
  const { unit } = indicators[id];
  const counted = { months: figures.length, hiddenMonths: figures.length - values.length };
  const last = values.at(-1);
  if (last === undefined) return { figure: hidden(unit), ...counted };
  const value = atTheEnd.has(id)
    ? last
    : unit === 'people'
      ? Math.max(...values)
      : values.reduce((sum, one) => sum + one, 0);
  return { figure: shown(value, unit), ...counted };
};
