import { graver, rankOf, type WeatherColour } from '../weather/colours.ts';

/** The colour of a department for one hazard; `isFresh`: the last bulletin says so and is not old, or a coordinator set it by hand. */
export type KnownColour = { readonly colour: WeatherColour; readonly isFresh: boolean };

/** The last round of a territory, department and hazard, once closed: at which colour, and whether the weather was calm since. */
export type ClosedRound = { readonly colour: WeatherColour; readonly wasCalm: boolean };

/** A round that is open: its colour now, and the least that a coordinator asked for; `floor` is null when the weather alone opened it. */
export type OpenRound = { readonly colour: WeatherColour; readonly floor: WeatherColour | null };

/** Whether the weather opens a round: its colour is yellow or more, and rises above the one at which somebody closed the last round, unless it was calm in between. */
export const opensRound = ({ colour }: KnownColour, last: ClosedRound | null): boolean =>
  colour !== 'green' && (!last || last.wasCalm || rankOf(colour) > rankOf(last.colour));

/** The colour that an open round goes by: the weather's, never less than a coordinator asked for. A green that is not fresh, or nothing said, leaves it as it is. */
export const paceOf = ({ colour, floor }: OpenRound, known: KnownColour | null): WeatherColour => {
  if (!known || (known.colour === 'green' && !known.isFresh)) return colour;
  if (known.colour === 'green') return floor ?? colour;
  return graver(floor ?? undefined, known.colour);
};

/** Whether the weather closes a round: a fresh green does, if no coordinator opened it or asked for more. Old news, and a hazard no longer spoken of, never do. */
export const closesByItself = ({ floor }: OpenRound, known: KnownColour | null): boolean =>
  floor === null && known !== null && known.isFresh && known.colour === 'green';
