import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { lazily, readData } from './read-data.ts';

/** An outline as GeoJSON has it: `[lon, lat]` in degrees. */
export type Outline = Polygon | MultiPolygon;
type Area = Feature<Outline, { code: string; nom: string; code_actuel?: string }>;

/** Departments whose communes have their outlines here. */
const shipped = new Map([['01', 'communes-01.geojson.gz']]);

const polygonsOf = (outline: Outline): Position[][][] =>
  outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;

/** Outlines of 2018 by today's code: the parts of communes merged since stand side by side, with the old borders between them. */
const readOutlines = (file: string): Map<string, Outline> => {
  const { features } = JSON.parse(readData(file)) as FeatureCollection & { features: Area[] };
  const outlines = new Map<string, Outline>();
  for (const { properties, geometry } of features) {
    const code = properties.code_actuel ?? properties.code;
    const before = outlines.get(code);
    const coordinates = before && [...polygonsOf(before), ...polygonsOf(geometry)];
    outlines.set(code, coordinates ? { type: 'MultiPolygon', coordinates } : geometry);
  }
  return outlines;
};

const ofDepartments = lazily(() => readOutlines('departements-metropole.geojson.gz'));
const ofCommunes = new Map([...shipped].map(([department, file]) => [department, lazily(() => readOutlines(file))]));

/** The outline of a commune of 2026, 5 decimals; `undefined` where none ships (all but department 01) and for codes that are no longer one. */
export const communeOutline = (insee: string): Outline | undefined => ofCommunes.get(insee.slice(0, 2))?.().get(insee);

/** The outline of a department of the mainland or Corsica (`01`, `2A`), 4 decimals; `undefined` overseas. */
export const departmentOutline = (code: string): Outline | undefined => ofDepartments().get(code);
