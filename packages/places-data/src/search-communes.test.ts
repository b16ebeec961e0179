import { expect, test } from 'vitest';
import { findCommune, listCommunes, searchCommunes } from './index.ts';

const codes = (query: string, limit?: number) => searchCommunes(query, limit).map(({ insee }) => insee);

test.each([
  ['saint die', '88413'],
  ['st die', '88413'],
  ['SAINT-DIÉ', '88413'],
  ['St. Dié des V', '88413'],
  ['saintdie', '88413'],
  ['ajaccio', '2A004'],
  ['2A004', '2A004'],
  ['2a004', '2A004'],
  ['01173', '01173'],
  ['01170', '01173'],
  ['gex', '01173'],
  ['ferney', '01160'],
  ['genis pouilly', '01354'],
  ['pouilly saint-genis', '01354'],
  ['stras', '67482'],
  ['st', '42218'],
  ['ste gen bois', '91549'],
  ['mans', '72181'],
  ['le mans', '72181'],
  ['havre', '76351'],
  ['l’hay les roses', '94038'],
  ['lhay les roses', '94038'],
  ['oeuf', '62633'],
  ['Œuf-en', '62633'],
  ['Nouméa', '98818'],
  ['saint denis 974', '97411'],
  ['paris', '75056'],
  ['paris 11', '75111'],
  ['75011', '75111'],
  ['75116', '75116'],
  ['y', '80829'],
])('"%s" finds %s first', (query, insee) => {
  expect(findCommune(insee)).toBeDefined();
  expect(codes(query)[0]).toBe(insee);
});

test('a postcode finds all its communes, and an arrondissement’s also finds its city', () => {
  expect(codes('01170').slice(0, 2)).toEqual(['01173', '01071']);
  const found = searchCommunes('01170', 100);
  expect(found.slice(0, -1).every(({ postcodes }) => postcodes.includes('01170'))).toBe(true);
  expect(found.at(-1)?.insee).toBe('01170'); // Béard-Géovreissiat, by its INSEE code
  expect(codes('75011')).toEqual(['75111', '75056']);
  expect(codes('97411')).toEqual(['97415', '97411']); // a postcode of Saint-Paul, the INSEE code of Saint-Denis
});

test('the name itself comes before longer ones, and the more people the sooner', () => {
  expect(codes('saint denis').slice(0, 2)).toEqual(['97411', '93066']);
  expect(codes('valence').slice(0, 2)).toEqual(['26362', '82186']);
  const begins = searchCommunes('villef', 50).filter(({ name }) => name.startsWith('Villef'));
  const found = begins.map(({ population }) => population ?? 0);
  expect(found.length).toBeGreaterThan(20);
  expect(found).toEqual(found.toSorted((a, b) => b - a));
});

test('every commune is found by its own name and department', () => {
  const lost = listCommunes().filter(
    ({ name, insee }, index) => index % 25 === 0 && !codes(`${name} ${insee.slice(0, 2)}`, 100).includes(insee),
  );
  expect(lost).toEqual([]);
});

test('the limit is kept, ten by default and a hundred at most', () => {
  expect(codes('saint')).toHaveLength(10);
  expect(codes('saint', 3)).toHaveLength(3);
  expect(codes('saint', 1e9)).toHaveLength(100);
  for (const none of [0, -1, Number.NaN]) expect(codes('saint', none)).toEqual([]);
});

test('odd input gives an empty list or a list, and never an error', () => {
  for (const odd of ['', ' ', '-', '$$$', '\ud800', '\0', '%', '(', '.*', '北京', '\u{1f600}', 'zzzz', 'constructor'])
    expect(codes(odd)).toEqual([]);
  expect(codes('a '.repeat(100_000)).length).toBeLessThanOrEqual(10);
  expect(codes('é'.repeat(100_000))).toEqual([]);
  for (const odd of [undefined, null, 75011, {}, ['gex'], Symbol('gex')])
    expect(searchCommunes(odd as unknown as string)).toEqual([]);
});

test('a query takes under 5 ms on average once warm', () => {
  const queries = ['s', 'st', 'saint', 'la', 'saintdie', 'pari', '01', '75011', 'zzzz', 'lhay les roses', 'saint m e'];
  for (const query of queries) searchCommunes(query);
  const before = performance.now();
  for (let round = 0; round < 20; round += 1) for (const query of queries) searchCommunes(query);
  expect((performance.now() - before) / (20 * queries.length)).toBeLessThan(5);
});
