import { expect, test } from 'vitest';
import { timeZoneOfCommune } from './index.ts';

const offsetInWinter = (zone: string): string | undefined =>
  new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(new Date('2026-01-15T12:00:00Z'))
    .find((part) => part.type === 'timeZoneName')?.value;

test.each([
  ['01173', 'Gex', 'GMT+01:00'],
  ['2A004', 'Ajaccio', 'GMT+01:00'],
  ['75111', 'Paris 11e', 'GMT+01:00'],
  ['97105', 'Basse-Terre', 'GMT-04:00'],
  ['97209', 'Fort-de-France', 'GMT-04:00'],
  ['97302', 'Cayenne', 'GMT-03:00'],
  ['97411', 'Saint-Denis', 'GMT+04:00'],
  ['97502', 'Saint-Pierre', 'GMT-03:00'],
  ['97611', 'Mamoudzou', 'GMT+03:00'],
  ['97701', 'Saint-Barthélemy', 'GMT-04:00'],
  ['97801', 'Saint-Martin', 'GMT-04:00'],
  ['98411', 'Amsterdam', 'GMT+05:00'],
  ['98412', 'Kerguelen', 'GMT+05:00'],
  ['98413', 'Crozet', 'GMT+04:00'],
  ['98414', 'Terre-Adélie', 'GMT+10:00'],
  ['98415', 'Éparses', 'GMT+04:00'],
  ['98613', 'Uvea', 'GMT+12:00'],
  ['98735', 'Papeete', 'GMT-10:00'],
  ['98731', 'Nuku-Hiva', 'GMT-09:30'],
  ['98719', 'Gambier', 'GMT-09:00'],
  ['98818', 'Nouméa', 'GMT+11:00'],
  ['98901', 'Clipperton', 'GMT-08:00'],
])('%s (%s) is at %s in winter', (insee, _name, offset) => {
  expect(offsetInWinter(timeZoneOfCommune(insee))).toBe(offset);
});

test.each(['', 'constructor', '97', '__proto__'])('the odd code "%s" falls back on Paris', (odd) => {
  expect(timeZoneOfCommune(odd)).toBe('Europe/Paris');
});
