import { z } from 'zod';
import { InstantOut } from '../posts/schemas.ts';
import { DepartmentCode, WeatherColour, WeatherHazard } from './colours.ts';

/** Why the last reading of the source failed: it did not answer, it asked us to wait, or what it said could not be read. */
export const WeatherProblem = z.enum(['away', 'busy', 'unreadable']);
export type WeatherProblem = z.infer<typeof WeatherProblem>;

/** One hazard in one department, as the source has it: `tomorrow` where it says; `unwatched` is out of season, or not on the map, which is not green. */
export const WeatherStanding = z.strictObject({
  state: z.enum(['stated', 'kept', 'unwatched']),
  colour: WeatherColour.nullable(),
  tomorrow: WeatherColour.nullable(),
  statedAt: InstantOut.nullable(),
});
export type WeatherStanding = z.infer<typeof WeatherStanding>;

/** A colour that a coordinator set by hand for their territory, which holds there whatever the source says. */
export const ColourByHand = z.strictObject({
  territory: z.strictObject({ id: z.uuid(), name: z.string() }),
  department: DepartmentCode,
  hazard: WeatherHazard,
  colour: WeatherColour,
  setAt: InstantOut,
});
export type ColourByHand = z.infer<typeof ColourByHand>;

/** What `GET /api/weather` answers: the map, and for the reader's own territories what was set by hand; `home` is the department they live in; `charge`, where they may set a colour. */
export const WeatherView = z.strictObject({
  source: z.strictObject({
    isSet: z.boolean(),
    issuedAt: InstantOut.nullable(),
    readAt: InstantOut.nullable(),
    isStale: z.boolean(),
    problem: WeatherProblem.nullable(),
  }),
  departments: z.array(
    z.strictObject({ code: DepartmentCode, name: z.string(), heat: WeatherStanding, cold: WeatherStanding }),
  ),
  byHand: z.array(ColourByHand),
  home: DepartmentCode.nullable(),
  charge: z.array(z.strictObject({ id: z.uuid(), name: z.string(), departments: z.array(DepartmentCode) })),
});
export type WeatherView = z.infer<typeof WeatherView>;

/** The body of `POST /api/territories/:territoryId/weather`: a colour by hand, or null to follow the source again. */
export const SetColour = z.strictObject({
  department: DepartmentCode,
  hazard: WeatherHazard,
  colour: WeatherColour.nullable(),
});
export type SetColour = z.infer<typeof SetColour>;
