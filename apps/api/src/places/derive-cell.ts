import { cellResolution, homeCell, publicCell } from '@palier/domain/places';
import { findCommune } from '@palier/places-data';
import { hmac } from '../keys.ts';

/**
 * The public cell of a residence (privacy.md, Places): one of the two functions that may look at an exact point.
 * Where a commune's surface is unknown, the box around it stands for it, which can only make the cell wider.
 */
export const deriveCell = (
  blur: Buffer,
  residence: { id: string; commune: string; homes: number; lat: number; lon: number },
): string => {
  const commune = findCommune(residence.commune);
  const resolution = cellResolution({
    homes: residence.homes,
    population: commune?.population ?? null,
    surfaceKm2: commune?.surfaceAtMostKm2 ?? null,
  });
  return publicCell(homeCell({ lat: residence.lat, lon: residence.lon }, resolution), hmac(blur, residence.id));
};
