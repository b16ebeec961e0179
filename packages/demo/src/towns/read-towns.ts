import { readFileSync } from 'node:fs';

/** A town of the load tests: centre in degrees of WGS 84, surface in km²; how many residences and residents it is given is made up (README). */
export type Town = {
  insee: string;
  name: string;
  lat: number;
  lon: number;
  surfaceKm2: number;
  residences: number;
  residents: number;
};

const file = new URL('../../data/towns-1400.csv', import.meta.url);

/** The 1,400 towns, from the most to the least populous. */
export const readTowns = (): Town[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [insee = '', name = '', , lon, lat, surfaceKm2, residences, residents] = line.split(',');
      return {
        insee,
        name,
        lat: Number(lat),
        lon: Number(lon),
        surfaceKm2: Number(surfaceKm2),
        residences: Number(residences),
        residents: Number(residents),
      };
    });
