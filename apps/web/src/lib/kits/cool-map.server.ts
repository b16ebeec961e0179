import type { CoolPlace } from '@palier/domain/kits';
import { communeOutline } from '@palier/places-data';

/** A commune drawn with its cool places, north up, in a box of `width` by `height`; `number` is a place's in the list. */
export type CoolMap = {
  width: number;
  height: number;
  path: string;
  marks: { number: number; x: number; y: number }[];
};

const width = 400;
const edge = 16;

/** Draws the places that have a pin over their commune's outline; null where nothing is to be drawn, or no outline ships. */
export const coolMapOf = (insee: string, places: readonly Pick<CoolPlace, 'pin'>[]): CoolMap | null => {
  const outline = communeOutline(insee);
  const pins = places.flatMap(({ pin }, n) => {
    const [lat, lon] = (pin ?? '').split(' ').map(Number);
    return pin === null || lat === undefined || lon === undefined ? [] : [{ number: n + 1, lat, lon }];
  });
  if (!outline || pins.length === 0) return null;
  const rings = (outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates).flat();
  const corners = rings.flat();
  const [lons, lats] = [corners.map(([lon = 0]) => lon), corners.map(([, lat = 0]) => lat)];
  const [west, north, south] = [Math.min(...lons), Math.max(...lats), Math.min(...lats)];
  const shortened = Math.cos((((north + south) / 2) * Math.PI) / 180);
  const scale = (width - 2 * edge) / ((Math.max(...lons) - west) * shortened);
  const x = (lon: number): number => Math.round(edge + (lon - west) * shortened * scale);
  const y = (lat: number): number => Math.round(edge + (north - lat) * scale);
  return {
    ...{ width, height: y(south) + edge },
    path: rings.map((ring) => `M${ring.map(([lon = 0, lat = 0]) => `${x(lon)} ${y(lat)}`).join('L')}Z`).join(''),
    marks: pins.map(({ number, lat, lon }) => ({ number, x: x(lon), y: y(lat) })),
  };
};
