import { type Figure, type IndicatorId, Release, shown } from '@palier/domain/insights';
import { findCommune } from '@palier/places-data';

const communesMin = 5;
const sizeFactor = 2;

const isSimilar = (population: number, other: number): boolean =>
  other >= population / sizeFactor && other <= population * sizeFactor;

/**
 * The median, by indicator, of what communes of similar size (half to twice the people) published, this one among them; null unless five of them published a figure.
 * `bodies` are the releases of one period by commune. Made of published figures alone, and so it tells nothing new of anyone.
 */
export const medianAmong = (
  insee: string,
  bodies: ReadonlyMap<string, string>,
): ((id: IndicatorId) => Figure | null) => {
  const population = findCommune(insee)?.population ?? 0;
  const similar = [...bodies]
    .filter(([other]) => isSimilar(population, findCommune(other)?.population ?? 0))
    .map(([, body]) => Release.parse(JSON.parse(body)));
  return (id) => {
    const figures = similar.flatMap(({ indicators }) => indicators.find((one) => one.id === id)?.figure ?? []);
    const values = figures.flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
    const [unit] = figures.map((figure) => figure.unit);
    if (values.length < communesMin || unit === undefined) return null;
    const [low = 0, high = 0] = [values[Math.floor((values.length - 1) / 2)], values[Math.floor(values.length / 2)]];
    return shown(Math.round((low + high) / 2), unit);
  };
};
