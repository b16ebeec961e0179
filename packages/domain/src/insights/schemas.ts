import { z } from 'zod';
import { CategoryFigure, Figure, QuarterFigure } from './figures.ts';
import { IndicatorId } from './indicators.ts';
import { PeriodId } from './period.ts';

const Insee = z.string().length(5);
/** A day, `2026-11-09`. */
const Day = z.iso.date();

/** One indicator of a release: its figure, and where it is told so finely, by category and by quarter; lists are empty where it is not. */
export const ReleasedIndicator = z.strictObject({
  id: IndicatorId,
  figure: Figure,
  categories: z.array(CategoryFigure),
  quarters: z.array(QuarterFigure),
});
export type ReleasedIndicator = z.infer<typeof ReleasedIndicator>;

/** A quarter as it is drawn: H3 cells of resolution 7 or 8. */
export const Quarter = z.strictObject({ id: z.string(), cells: z.array(z.string()) });
export type Quarter = z.infer<typeof Quarter>;

/** What is published of a commune's closed week or month: it never changes; a correction has the next number (privacy.md, Aggregates). */
export const Release = z.strictObject({
  format: z.literal(1),
  commune: Insee,
  period: PeriodId,
  number: z.number().int().positive(),
  from: Day,
  to: Day,
  timeZone: z.string(),
  quarters: z.array(Quarter),
  indicators: z.array(ReleasedIndicator),
});
export type Release = z.infer<typeof Release>;
