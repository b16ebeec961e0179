import { z } from 'zod';
import { Category } from '../posts/index.ts';

/** What a figure counts. */
export const FigureUnit = z.enum([
  'people',
  'posts',
  'favours',
  'minutes',
  'percent',
  'euros',
  'downloads',
  'residences',
  'campaigns',
]);
export type FigureUnit = z.infer<typeof FigureUnit>;

/** A published figure: a whole number, or hidden; `suppressed` never says for which reason (privacy.md, Aggregates). */
export const Figure = z.strictObject({
  value: z.number().int().nonnegative().nullable(),
  suppressed: z.boolean(),
  unit: FigureUnit,
});
export type Figure = z.infer<typeof Figure>;

export const CategoryFigure = z.strictObject({ category: Category, figure: Figure });
export const QuarterFigure = z.strictObject({ quarter: z.string(), figure: Figure });

/** The figure of a count that may be published, and the same drawn hidden. */
export const shown = (value: number, unit: FigureUnit): Figure => ({ value, suppressed: false, unit });
export const hidden = (unit: FigureUnit): Figure => ({ value: null, suppressed: true, unit });

const step = 5;

/**
 * People as they are published (privacy.md, Aggregates): to the nearest 5, and 11 to 14 as 15.
 * `people` is a whole number from 11 up; below, nothing is published.
 */
export const roundPeople = (people: number): number => Math.max(15, step * Math.round(people / step));

/** A share in percent, to the nearest 5, of whole numbers with `part` at most `whole` and `whole` above 0. */
export const roundShare = (part: number, whole: number): number => step * Math.round((100 * part) / whole / step);
