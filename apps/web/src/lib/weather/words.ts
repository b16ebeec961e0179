import type { WeatherColour, WeatherHazard, WeatherStanding } from '@palier/domain/weather';
import { m } from '@palier/messages';

export const colourWords: Readonly<Record<WeatherColour, () => string>> = {
  green: m.weather_green,
  yellow: m.weather_yellow,
  orange: m.weather_orange,
  red: m.weather_red,
};

/** The colours from the calmest, and the hazards: a browser needs their words, never the schemas that the domain reads them with. */
export const colours = Object.keys(colourWords) as WeatherColour[];

/** The letter that stands beside a colour on the map, so that colour is never the only sign. */
export const colourLetters: Readonly<Record<WeatherColour, () => string>> = {
  green: m.weather_letter_green,
  yellow: m.weather_letter_yellow,
  orange: m.weather_letter_orange,
  red: m.weather_letter_red,
};

export const hazardWords: Readonly<Record<WeatherHazard, () => string>> = {
  heat: m.weather_heat,
  cold: m.weather_cold,
};
export const hazards = Object.keys(hazardWords) as WeatherHazard[];

export const meanings: Readonly<Record<WeatherHazard, Readonly<Record<WeatherColour, () => string>>>> = {
  heat: {
    green: m.weather_means_heat_green,
    yellow: m.weather_means_heat_yellow,
    orange: m.weather_means_heat_orange,
    red: m.weather_means_heat_red,
  },
  cold: {
    green: m.weather_means_cold_green,
    yellow: m.weather_means_cold_yellow,
    orange: m.weather_means_cold_orange,
    red: m.weather_means_cold_red,
  },
};

/** The colour that a standing is drawn with; null where the hazard is not watched. */
export const shownColour = ({ state, colour }: WeatherStanding): WeatherColour | null =>
  state === 'unwatched' ? null : colour;
