import { type Figure, type IndicatorId, Release, shown } from '@palier/domain/insights';
import { findCommune } from '@palier/places-data';

const communesMin = 5;
const sizeFactor = 2;

/** Those of some communes that are of similar size (half to twice the people) as one, itself among them. */
export const similarTo = (insee: string, communes: readonly string[]): string[] => {
  const population = findCommune(insee)?.population ?? 0;
  return communes.filter((one) => {
    const other = findCommune(one)?.population ?? 0;
    return other >= population / sizeFactor && other <= population * sizeFactor;
  });
};

/**
 * The median, by indicator, of what similar communes published; null unless five of them published a figure.
 * `bodies` are their releases of one period. Made of published figures alone, and so it tells nothing new of anyone.
 */
export const medianAmong = (bodies: readonly string[]): ((id: IndicatorId) => Figure | null) => {
  const similar = bodies.map((body) => Release.parse(JSON.parse(body)));
  return (id) => {
    const figures = similar.flatMap(({ indicators }) => indicators.find((one) => one.id === id)?.figure ?? []);
    const values = figures.flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
    const [unit] = figures.map((figure) => figure.unit);
    if (values.length < communesMin || unit === undefined) return null;
    const [low = 0, high = 0] = [values[Math.floor((values.length - 1) / 2)], values[Math.floor(values.length / 2)]];
    return shown(Math.round((low + high) / 2), unit);
  };
};
