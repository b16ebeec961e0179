import { z } from 'zod';

/**
 * A commune's INSEE code, always text: five characters, department first (`01173`, `2A004`, `97411`, `98818`).
 * The form only; whether such a commune exists is for the list of communes to say.
 */
export const CommuneCode = z
  .string()
  .regex(/^(?:(?:0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5])\d{3}|97[1-8]\d{2}|98[46-9]\d{2})$/);
export type CommuneCode = z.infer<typeof CommuneCode>;

/** A place on Earth: degrees of WGS 84, latitude -90 to 90 and longitude -180 to 180, both finite. */
export const Point = z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) });
export type Point = z.infer<typeof Point>;

/** Base cells of H3 that are pentagons: the first non-zero digit of their descendants is never 1. */
const pentagons: ReadonlySet<number> = new Set([4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117]);

/** Whether 15 hexadecimal digits are a cell of H3: 4 bits of resolution, 7 of base cell, then 15 digits of 3 bits, 7 where unused. */
const isWellFormed = (text: string): boolean => {
  const resolution = Number.parseInt(text.charAt(1), 16);
  const bits = Number.parseInt(text.slice(2), 16);
  const baseCell = Math.floor(bits / 2 ** 45);
  if (baseCell > 121) return false;
  let first = 0;
  for (let place = 1; place <= 15; place += 1) {
    const digit = Math.floor(bits / 2 ** (45 - 3 * place)) % 8;
    if ((digit === 7) !== place > resolution) return false;
    if (first === 0) first = digit;
  }
  return !(pentagons.has(baseCell) && first === 1);
};

/**
 * An H3 cell of resolution 6 to 10, the only ones places are blurred to (privacy.md): 15 lower-case hexadecimal digits.
 * Checked without h3-js, so that a browser may parse one without loading it; layout of the index: https://h3geo.org/docs/core-library/h3Indexing.
 */
export const Cell = z
  .string()
  .regex(/^8[6-9a][0-9a-f]{13}$/)
  .refine(isWellFormed, { abort: true })
  .brand<'Cell'>();
export type Cell = z.infer<typeof Cell>;
