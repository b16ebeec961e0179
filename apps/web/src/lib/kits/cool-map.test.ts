import { findCommune } from '@palier/places-data';
import { expect, test } from 'vitest';
import { coolMapOf } from './cool-map.server.ts';

test('places are drawn where they are, under their number in the list; without a pin, or an outline, nothing is', () => {
  const gex = findCommune('01173');
  const pin = `${gex?.lat} ${gex?.lon}`;
  const map = coolMapOf('01173', [
    { pin: null },
    { pin },
    { pin: `${(gex?.lat ?? 0) + 0.01} ${(gex?.lon ?? 0) + 0.01}` },
  ]);
  expect(map?.marks.map(({ number }) => number)).toEqual([2, 3]);
  const [centre, northEast] = map?.marks ?? [];
  expect([(northEast?.x ?? 0) > (centre?.x ?? 0), (northEast?.y ?? 0) < (centre?.y ?? 0)]).toEqual([true, true]);
  for (const { x, y } of map?.marks ?? []) expect(x > 0 && x < 400 && y > 0 && y < (map?.height ?? 0)).toBe(true);
  expect(map?.path.startsWith('M')).toBe(true);
  expect([coolMapOf('01173', [{ pin: null }]), coolMapOf('99999', [{ pin }])]).toEqual([null, null]);
});
