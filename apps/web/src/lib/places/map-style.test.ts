import type { StyleSpecification } from 'maplibre-gl';
import { expect, test } from 'vitest';
import { styleUnder } from './map-style.ts';

const layer = (id: string, source: string) => ({ id, type: 'line', source }) as const;
const plan: StyleSpecification = {
  version: 8,
  sources: {
    outlines: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    areas: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
  },
  layers: [
    { id: 'ground', type: 'background' },
    layer('communes', 'outlines'),
    layer('borders', 'outlines'),
    layer('areas', 'areas'),
  ],
};
const ground: StyleSpecification = {
  version: 8,
  glyphs: 'https://tiles.example/{fontstack}/{range}.pbf',
  sources: { base: { type: 'raster', tiles: ['https://tiles.example/{z}/{x}/{y}.png'] } },
  layers: [{ id: 'ground', type: 'background' }, layer('roads', 'base'), layer('borders', 'base')],
};

test('an installation’s own style stands under the plan’s marks, in the place of its ground', () => {
  const drawn = styleUnder(ground, plan);
  expect(drawn.layers.map((one) => [one.id, 'source' in one ? one.source : null])).toEqual([
    ['ground', null],
    ['roads', 'base'],
    ['borders', 'outlines'],
    ['areas', 'areas'],
  ]);
  expect(Object.keys(drawn.sources)).toEqual(['base', 'outlines', 'areas']);
  expect(drawn.glyphs).toBe(ground.glyphs);
});
