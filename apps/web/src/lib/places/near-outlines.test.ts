import { describe, expect, test } from 'vitest';
import { nearOutlines, type Outlines } from './near-outlines.server.ts';

const read = (insee: string) => JSON.parse(nearOutlines(insee) ?? 'null') as Outlines | null;

describe('nearOutlines', () => {
  test('gives the commune and its neighbours, named', () => {
    const names = read('01173')?.features.map(({ properties }) => properties.name);
    expect(names).toEqual(expect.arrayContaining(['Gex', 'Cessy', 'Divonne-les-Bains']));
    expect(names).not.toContain('Bourg-en-Bresse');
    expect(
      read('01173')
        ?.features.filter(({ properties }) => properties.isHere)
        .map(({ properties }) => properties.name),
    ).toEqual(['Gex']);
  });
  test('is light enough for a phone, and the same the second time', () => {
    expect(nearOutlines('01173')?.length).toBeLessThan(60_000);
    expect(nearOutlines('01173')).toBe(nearOutlines('01173'));
  });
  test('is empty where no outline ships, and nothing for no commune', () => {
    expect(read('75056')).toEqual({ type: 'FeatureCollection', features: [] });
    expect(nearOutlines('99999')).toBeNull();
  });
});
