import { z } from 'zod';
import { TypedText } from '../posts/index.ts';

/** A telephone number of a service: ten digits or two to six (`3919`, `116 117`), spaced or not, never a mobile one, which is a person's (06 and 07, ARCEP's numbering plan). */
const ServiceNumber = z
  .string()
  .trim()
  .regex(/^(?:(?:\+33 ?|0)[1-589](?: ?\d){8}|[13](?: ?\d){1,5})$/);

/** A useful number of a commune, as its town hall writes it: a service, never a person. */
export const AddUsefulNumber = z.strictObject({ label: TypedText(2, 80), number: ServiceNumber });
export type AddUsefulNumber = z.infer<typeof AddUsefulNumber>;

/** A useful number, as anyone reads it. */
export const UsefulNumber = z.strictObject({ id: z.uuid(), label: z.string(), number: z.string() });
export type UsefulNumber = z.infer<typeof UsefulNumber>;

/** Useful numbers that one commune may list at most. */
export const usefulNumbersMax = 30;
