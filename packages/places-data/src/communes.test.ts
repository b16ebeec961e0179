import { expect, test } from 'vitest';
import { findCommune, listCommunes, listDepartments, listRegions } from './index.ts';
import { readData } from './read-data.ts';

test('there are 34,969 communes and 45 arrondissements, each once', () => {
  const all = listCommunes();
  expect(all.filter((commune) => !commune.parent)).toHaveLength(34_969);
  expect(all.filter((commune) => commune.parent)).toHaveLength(45);
  expect(new Set(all.map((commune) => commune.insee)).size).toBe(35_014);
});

test('no field is quoted, so that a line may be cut at its commas', () => {
  for (const [file, columns] of [
    ['communes-france.csv.gz', 15],
    ['departements.csv', 4],
    ['regions.csv', 3],
  ] as const) {
    const text = readData(file);
    expect(text).not.toContain('"');
    expect(text).not.toContain('\r');
    for (const line of text.trimEnd().split('\n')) expect(line.split(',').length).toBe(columns);
  }
});

test('a commune has its figures and its codes as text', () => {
  expect(findCommune('01173')).toEqual({
    insee: '01173',
    name: 'Gex',
    department: '01',
    region: '84',
    population: 13627,
    postcodes: ['01170'],
    lat: 46.351,
    lon: 6.049,
    surfaceKm2: 31.87,
    surfaceAtMostKm2: 31.87,
  });
});

test('Corsica and overseas keep their letters and their three digits', () => {
  expect(findCommune('2A004')).toMatchObject({
    name: 'Ajaccio',
    department: '2A',
    postcodes: ['20000', '20090', '20167'],
  });
  expect(findCommune('97411')).toMatchObject({ name: 'Saint-Denis', department: '974', region: '04' });
  expect(findCommune('98818')).toMatchObject({ name: 'Nouméa', department: '988', surfaceKm2: null });
});

test('an arrondissement names its commune, and its surface is at most that of its box', () => {
  const eleventh = findCommune('75111');
  expect(eleventh).toMatchObject({
    name: 'Paris 11e Arrondissement',
    parent: '75056',
    postcodes: ['75011'],
    surfaceKm2: null,
  });
  expect(eleventh?.surfaceAtMostKm2).toBeGreaterThan(3.67); // its surface
  expect(eleventh?.surfaceAtMostKm2).toBeLessThan(8);
  expect(findCommune('75056')).not.toHaveProperty('parent');
});

test('what the source does not say is null, and nobody is 0', () => {
  const nowhere = listCommunes().filter(({ lat, lon }) => lat === null || lon === null);
  expect(nowhere.map(({ insee }) => insee)).toEqual(['15031', '15035', '15047', '15171']);
  for (const commune of nowhere) expect(commune).toMatchObject({ surfaceKm2: null, surfaceAtMostKm2: null });
  expect(listCommunes().filter(({ population }) => population === null)).toHaveLength(6);
  expect(findCommune('55039')?.population).toBe(0);
  expect(listCommunes().filter(({ surfaceKm2, parent }) => surfaceKm2 === null && !parent)).toHaveLength(101);
  expect(findCommune('98412')?.postcodes).toEqual([]);
});

test('every figure is a finite number in its range', () => {
  for (const { insee, name, population, lat, lon, surfaceKm2, surfaceAtMostKm2, postcodes } of listCommunes()) {
    expect(insee).toMatch(/^(?:\d{2}|2[AB])\d{3}$/);
    expect(name).not.toBe('');
    for (const figure of [population, surfaceKm2, surfaceAtMostKm2])
      expect(figure === null || (figure >= 0 && figure < 3e7)).toBe(true);
    expect(lat === null || Math.abs(lat) <= 90).toBe(true);
    expect(lon === null || Math.abs(lon) <= 180).toBe(true);
    for (const postcode of postcodes) expect(postcode).toMatch(/^\d{5}$/);
  }
});

test('codes that are no longer communes, or never were, find nothing', () => {
  for (const code of ['01091', '75011', '2a004', '1173', '', 'constructor', '__proto__'])
    expect(findCommune(code)).toBeUndefined();
});

test('each commune is of a department of the list, each department of a region, each seat a commune', () => {
  expect(listDepartments()).toHaveLength(109);
  expect(listRegions()).toHaveLength(26);
  const departments = new Map(listDepartments().map((each) => [each.code, each.region]));
  const regions = new Set(listRegions().map((each) => each.code));
  for (const { department, region } of listCommunes()) expect(departments.get(department)).toBe(region);
  for (const region of departments.values()) expect(regions.has(region)).toBe(true);
  for (const { seat } of [...listDepartments(), ...listRegions()]) expect(findCommune(seat)?.insee).toBe(seat);
});
