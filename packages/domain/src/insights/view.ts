import { z } from 'zod';
import { Category } from '../posts/index.ts';
import { WeatherColour, WeatherHazard } from '../weather/index.ts';
import { Figure } from './figures.ts';
import { IndicatorId } from './indicators.ts';
import { PeriodId, periodOf } from './period.ts';
import { Quarter } from './schemas.ts';
import { Hourly } from './worth.ts';

/** A commune by its INSEE code, as a path has it. */
export const CommuneCode = z.strictObject({ insee: z.string().regex(/^(?:\d{2}|2[AB])\d{3}$/) });

/** What an hour given is reckoned at, or null to reckon it no more. */
export const SetHourly = z.strictObject({ hourly: Hourly.nullable() });
export type SetHourly = z.infer<typeof SetHourly>;

/** Whether anyone may read what was released of the commune. */
export const SetPublic = z.strictObject({ isPublic: z.boolean() });
export type SetPublic = z.infer<typeof SetPublic>;

/** Which insights are asked for: a closed week or month, or the month's board. Nothing else: no free range, no filter (privacy.md, Aggregates). */
export const ReadInsights = z.strictObject({
  period: z.union([z.literal('now'), PeriodId.refine((id) => periodOf(id) !== null)]).default('now'),
});

/** One indicator in words and figures. `upTo` is the upper end of a range, null for a figure that stands alone; `yearBefore` is the same period a year ago, null where it was not released; `similar` the median of communes of like size in the territory, null below five. */
export const IndicatorView = z.strictObject({
  id: IndicatorId,
  label: z.string(),
  definition: z.string(),
  source: z.string(),
  method: z.string(),
  threshold: z.string(),
  figure: Figure,
  upTo: Figure.nullable(),
  yearBefore: Figure.nullable(),
  similar: Figure.nullable(),
  categories: z.array(z.strictObject({ category: Category, label: z.string(), figure: Figure })),
  quarters: z.array(z.strictObject({ quarter: z.string(), label: z.string(), figure: Figure })),
});
export type IndicatorView = z.infer<typeof IndicatorView>;

const Trend = z.strictObject({
  period: z.string(),
  indicators: z.array(z.strictObject({ id: IndicatorId, figure: Figure })),
});

/** The colour of a hazard where the commune is, as it is known now; none where it is out of season. */
export const ColourNow = z.strictObject({ hazard: WeatherHazard, colour: WeatherColour, isByHand: z.boolean() });
export type ColourNow = z.infer<typeof ColourNow>;

/** What an officer sees of a commune: a release (`release` is its number), or, for `now`, the month's board (`release` is null). `trend`: the twelve months up to it, oldest first. `hourly`: the reference amount of an hour, null until the officer sets one. */
export const InsightsView = z.strictObject({
  period: z.string(),
  release: z.number().int().nullable(),
  commune: z.string(),
  name: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  refreshedAt: z.iso.datetime().nullable(),
  indicators: z.array(IndicatorView),
  quarters: z.array(Quarter),
  trend: z.array(Trend),
  weather: z.array(ColourNow),
  hourly: Hourly.nullable(),
  isPublic: z.boolean(),
  released: z.strictObject({ months: z.array(z.string()), weeks: z.array(z.string()) }),
});
export type InsightsView = z.infer<typeof InsightsView>;
