import type { Outlines } from './near-outlines.server.ts';

const mostCommunes = 12;

/** The outlines around these communes (INSEE codes), each drawn once; those that do not come are left out. */
export const readOutlines = async (communes: readonly string[]): Promise<Outlines> => {
  const all = await Promise.all(
    communes.slice(0, mostCommunes).map(async (insee): Promise<Outlines['features']> => {
      const response = await fetch(`/outlines/${insee}`, { credentials: 'omit' }).catch(() => null);
      return response?.ok ? ((await response.json()) as Outlines).features : [];
    }),
  );
  const features = new Map<string, Outlines['features'][number]>();
  for (const feature of all.flat()) {
    const { name, lat, lon, isHere } = feature.properties;
    const place = `${name} ${lat} ${lon}`;
    if (isHere || !features.has(place)) features.set(place, feature);
  }
  return { type: 'FeatureCollection', features: [...features.values()] };
};
