import { z } from 'zod';
import { TypedText } from '../posts/index.ts';

/** What kind of place is cool: the words of the list, never of a home. */
export const CoolPlaceKind = z.enum(['library', 'hall', 'park', 'pool', 'shop', 'other']);
export type CoolPlaceKind = z.infer<typeof CoolPlaceKind>;

/** A point of a public place, `latitude longitude` in degrees, 46.3339 6.0571: six decimals at most. */
export const PlacePin = z.string().regex(/^-?\d{1,2}(\.\d{1,6})? -?\d{1,3}(\.\d{1,6})?$/);

/** A public place where it is cool, as a coordinator writes it: where it is and when it is open, in words. */
export const AddCoolPlace = z.strictObject({
  name: TypedText(2, 80),
  kind: CoolPlaceKind,
  where: TypedText(2, 160),
  hours: TypedText(2, 160),
  pin: PlacePin.optional(),
});
export type AddCoolPlace = z.infer<typeof AddCoolPlace>;

/** A cool place of a commune, as anyone reads it. */
export const CoolPlace = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  kind: CoolPlaceKind,
  where: z.string(),
  hours: z.string(),
  /** Where it is drawn on the map; null when nobody placed it. */
  pin: z.string().nullable(),
});
export type CoolPlace = z.infer<typeof CoolPlace>;

/** Cool places that one commune may list at most. */
export const coolPlacesMax = 60;
