import { departmentOutline, listDepartments } from '@palier/places-data';

/** One department, drawn: an SVG path, and where a letter is written in it. */
export interface Shape {
  code: string;
  name: string;
  path: string;
  x: number;
  y: number;
}
/** A drawing of departments, `width` by `height` units. */
export interface Drawing {
  width: number;
  height: number;
  shapes: Shape[];
}

type Point = readonly [x: number, y: number];
type Project = (lon: number, lat: number) => Point;

/** Degrees of longitude are narrower than those of latitude: by the cosine, here at the middle of France. */
const narrowing = Math.cos((46.6 * Math.PI) / 180);
const around = { west: -5.3, north: 51.2, east: 9.7, south: 41.3 };
const aroundParis = { west: 2.13, north: 49.03, east: 2.63, south: 48.67 };
const nearParis: readonly string[] = ['75', '92', '93', '94'];

/** A ring on a grid of whole units, the same for neighbours, so that no gap opens between them; null when nothing is left of it. */
const snapped = (ring: readonly (readonly number[])[], project: Project): Point[] | null => {
  const points: Point[] = [];
  for (const [lon = 0, lat = 0] of ring) {
    const [x, y] = project(lon, lat);
    const at: Point = [Math.round(x), Math.round(y)];
    const last = points.at(-1);
    if (last?.[0] !== at[0] || last[1] !== at[1]) points.push(at);
  }
  return points.length > 3 ? points : null;
};

const pathOf = ([first = [0, 0], ...others]: readonly Point[]): string => {
  let [x, y] = first;
  const steps = others.map((at) => {
    const step = `${at[0] - x} ${at[1] - y}`;
    [x, y] = at;
    return step;
  });
  return `M${first[0]} ${first[1]}l${steps.join(' ').replaceAll(' -', '-')}z`;
};

/** Twice the signed area of a ring, and its centre of mass (shoelace formula). */
const massOf = (ring: readonly Point[]) => {
  let [area, x, y] = [0, 0, 0];
  ring.forEach(([x0, y0], n) => {
    const [x1, y1] = ring[(n + 1) % ring.length] ?? [x0, y0];
    const cross = x0 * y1 - x1 * y0;
    area += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  });
  return { area: Math.abs(area), x: Math.round(x / (3 * area)), y: Math.round(y / (3 * area)) };
};

const draw = (box: typeof around, width: number, codes?: readonly string[]): Drawing => {
  const scale = width / ((box.east - box.west) * narrowing);
  const project: Project = (lon, lat) => [(lon - box.west) * narrowing * scale, (box.north - lat) * scale];
  const shapes = listDepartments().flatMap(({ code, name }): Shape[] => {
    const outline = codes && !codes.includes(code) ? undefined : departmentOutline(code);
    if (!outline) return [];
    const polygons = outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;
    const rings = polygons.flat().flatMap((ring) => {
      const points = snapped(ring, project);
      return points ? [points] : [];
    });
    const largest = rings.map(massOf).sort((a, b) => b.area - a.area)[0];
    return largest ? [{ code, name, path: rings.map(pathOf).join(''), x: largest.x, y: largest.y }] : [];
  });
  return { width, height: Math.round((box.north - box.south) * scale), shapes };
};

let kept: { france: Drawing; paris: Drawing } | undefined;

/** The mainland and Corsica, and Paris with the three departments around it, larger; drawn once, from the outlines that ship (IGN, Licence Ouverte 2.0). */
export const departmentDrawings = (): { france: Drawing; paris: Drawing } => {
  kept ??= { france: draw(around, 460), paris: draw(aroundParis, 200, nearParis) };
  return kept;
};
