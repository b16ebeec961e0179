import { z } from 'zod';

/** What this installation says of itself on its legal pages; `mapStyle` is the address of the style that maps are drawn over, null for our own plan; `missing` names what the operator has not filled in. */
export const Instance = z.strictObject({
  name: z.string(),
  publisher: z.string().nullable(),
  address: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  host: z.string().nullable(),
  dpo: z.string().nullable(),
  sourceUrl: z.string(),
  version: z.string(),
  demo: z.boolean(),
  mapStyle: z.string().nullable(),
  missing: z.array(z.string()),
});
export type Instance = z.infer<typeof Instance>;
