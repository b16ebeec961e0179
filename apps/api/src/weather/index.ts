import fp from 'fastify-plugin';
import { coordinatorsOnly, visitors } from '../plugins/scopes.ts';
import { readWeatherRoute } from './read-weather.ts';
import { setColourRoute } from './set-colour.ts';

export { coloursOf } from './colours-of.ts';
export { type ColourOf, readColours } from './known-colours.ts';
export { pollWeather } from './poll-weather.ts';

export const weatherRoutes = fp(async (app) => {
  await app.register(visitors(readWeatherRoute));
  await app.register(coordinatorsOnly(setColourRoute));
});
