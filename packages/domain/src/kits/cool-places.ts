import { z } from 'zod';
import { TypedText } from '../posts/index.ts';

/** What kind of place is cool: the words of the list, never of a home. */
export const CoolPlaceKind = z.enum(['library', 'hall', 'park', 'pool', 'shop', 'other']);
export type CoolPlaceKind = z.infer<typeof CoolPlaceKind>;

/** A public place where it is cool, as a coordinator writes it: where it is and when it is open, in words. */
export const AddCoolPlace = z.strictObject({
  name: TypedText(2, 80),
  kind: CoolPlaceKind,
  where: TypedText(2, 160),
  hours: TypedText(2, 160),
});
export type AddCoolPlace = z.infer<typeof AddCoolPlace>;

/** A cool place of a commune, as anyone reads it. */
export const CoolPlace = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  kind: CoolPlaceKind,
  where: z.string(),
  hours: z.string(),
});
export type CoolPlace = z.infer<typeof CoolPlace>;

/** Cool places that one commune may list at most. */
export const coolPlacesMax = 60;
