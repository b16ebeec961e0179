import { z } from 'zod';

/** How far a stranger is told that a post is (privacy.md, Places). */
export const DistanceBand = z.enum([
  'within-250',
  'within-500',
  'within-1000',
  'within-2000',
  'within-5000',
  'farther',
]);
export type DistanceBand = z.infer<typeof DistanceBand>;

/** The band of a distance in metres between public cells, bounds included: 250 is `within-250`, 251 is `within-500`. */
export const bandOf = (distanceM: number): DistanceBand => {
  if (distanceM <= 250) return 'within-250';
  if (distanceM <= 500) return 'within-500';
  if (distanceM <= 1000) return 'within-1000';
  if (distanceM <= 2000) return 'within-2000';
  return distanceM <= 5000 ? 'within-5000' : 'farther';
};
