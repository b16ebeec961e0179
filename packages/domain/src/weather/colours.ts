import { z } from 'zod';

/** The hazards that a watch is for, of the nine that Météo-France names: heat is phenomenon 6 alone, cold 7. */
export const WeatherHazard = z.enum(['heat', 'cold']);
export type WeatherHazard = z.infer<typeof WeatherHazard>;

/** The four colours of the vigilance map, from the calmest. */
export const WeatherColour = z.enum(['green', 'yellow', 'orange', 'red']);
export type WeatherColour = z.infer<typeof WeatherColour>;

/** Order of the colours: 0 for green to 3 for red. */
export const rankOf = (colour: WeatherColour): number => WeatherColour.options.indexOf(colour);

/** The graver of two colours; either alone when the other is unknown. */
export const graver = (one: WeatherColour | undefined, other: WeatherColour): WeatherColour =>
  one !== undefined && rankOf(one) > rankOf(other) ? one : other;

/** Code of a department, text: `01`, `2A`, `971`. */
export const DepartmentCode = z.string().regex(/^(?:0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-8]|98[46-9])$/);

/** The department of a commune, by its INSEE code: three characters overseas, else two. */
export const departmentOfCommune = (insee: string): string => insee.slice(0, /^9[78]/.test(insee) ? 3 : 2);
