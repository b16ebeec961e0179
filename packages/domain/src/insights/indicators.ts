import { z } from 'zod';
import type { FigureUnit } from './figures.ts';

/** Every published aggregate, the closed list; its words (label, definition, source, method, threshold) are in the catalogue under the same name. */
export const IndicatorId = z.enum([
  'neighbours',
  'newcomers',
  'active',
  'offline',
  'requests',
  'offers',
  'favours',
  'answered',
  'first-yes',
  'unanswered',
  'hours',
  'worth',
  'coverage',
  'campaigns',
  'downloads',
  'residences',
]);
export type IndicatorId = z.infer<typeof IndicatorId>;

type Indicator = {
  readonly unit: FigureUnit;
  /** Whether a closed week has it; every closed month has them all. */
  readonly isWeekly: boolean;
  /** Whether a month says it by category, and by quarter. */
  readonly byCategory: boolean;
  readonly byQuarter: boolean;
};

const indicator = (unit: FigureUnit, ...has: ('week' | 'category' | 'quarter')[]): Indicator => ({
  unit,
  isWeekly: has.includes('week'),
  byCategory: has.includes('category'),
  byQuarter: has.includes('quarter'),
});

/**
 * What each indicator counts and how finely it is told. Weeks are told of the commune alone: so weeks, quarters and categories each divide a month, and never each other.
 * `worth` is in no release: it is worked out from the hours that were published, with the amount that the officer set. `coverage` is for the town hall alone: a month's, and on the board that of the last 24 hours. An indicator is added here when its source exists.
 */
export const indicators: Readonly<Record<IndicatorId, Indicator>> = {
  neighbours: indicator('people'),
  newcomers: indicator('people', 'week'),
  active: indicator('people', 'week', 'quarter'),
  offline: indicator('people'),
  requests: indicator('posts', 'week', 'category', 'quarter'),
  offers: indicator('posts', 'week', 'category', 'quarter'),
  favours: indicator('favours', 'week', 'quarter'),
  answered: indicator('percent'),
  'first-yes': indicator('minutes'),
  unanswered: indicator('posts', 'category'),
  hours: indicator('minutes'),
  worth: indicator('euros'),
  coverage: indicator('percent'),
  campaigns: indicator('campaigns', 'week'),
  downloads: indicator('downloads', 'week'),
  residences: indicator('residences', 'week'),
};

/** The order in which they are told. */
export const indicatorIds = IndicatorId.options;
