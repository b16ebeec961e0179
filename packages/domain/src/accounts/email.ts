import { z } from 'zod';

/** The languages that people are written to in. */
export const Locale = z.enum(['fr', 'en']);
export type Locale = z.infer<typeof Locale>;

/** An e-mail address, lower-cased for comparison; up to 254 characters (RFC 5321). */
export const Email = z
  .string()
  .max(254)
  .overwrite((text) => text.normalize('NFC').trim().toLowerCase())
  .pipe(z.email());
