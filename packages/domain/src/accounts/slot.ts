import { z } from 'zod';

/** Half-days on which a resident is usually free. */
export const Slot = z.enum([
  'weekday-morning',
  'weekday-afternoon',
  'weekday-evening',
  'weekend-morning',
  'weekend-afternoon',
  'weekend-evening',
]);
export type Slot = z.infer<typeof Slot>;
