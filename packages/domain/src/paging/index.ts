import { z } from 'zod';

/** What every list may be asked: where to go on from, and how many at once, 1 to 100, 20 by default. */
export const PageQuery = z.strictObject({
  cursor: z.string().min(1).max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** What every list answers: `next` is the cursor of the page after, null on the last. */
export const pageOf = <T extends z.ZodType>(Item: T) =>
  z.strictObject({ items: z.array(Item), next: z.string().nullable() });
