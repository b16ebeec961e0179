import { z } from 'zod';
import { PageQuery } from '../paging/index.ts';
import { Figure } from './figures.ts';
import { IndicatorId } from './indicators.ts';
import { PeriodId, periodOf } from './period.ts';

/** Which closed month the reader's communes are compared in. */
export const ReadSideBySide = z.strictObject({
  period: PeriodId.refine((id) => periodOf(id)?.kind === 'month').optional(),
  ...PageQuery.shape,
});

/** The reader's communes side by side, never below the commune: `release` is null where the month was not released, and then nothing is told. */
export const SideBySide = z.strictObject({
  period: z.string().nullable(),
  periods: z.array(z.string()),
  indicators: z.array(z.strictObject({ id: IndicatorId, label: z.string() })),
  items: z.array(
    z.strictObject({
      commune: z.string(),
      name: z.string(),
      release: z.number().int().nullable(),
      figures: z.array(z.strictObject({ id: IndicatorId, figure: Figure })),
    }),
  ),
  next: z.string().nullable(),
});
export type SideBySide = z.infer<typeof SideBySide>;
