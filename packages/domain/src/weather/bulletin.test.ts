import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBulletin } from './bulletin.ts';
import { departmentOfCommune, WeatherHazard } from './colours.ts';
import expected from './fixtures/attendus.json' with { type: 'json' };
import real from './fixtures/carte-reelle-2026-10-04-extrait.json' with { type: 'json' };
import mobile from './fixtures/currentphenomenons-32-2020-06-04.json' with { type: 'json' };
import rising from './fixtures/scenario-1-canicule-montee.json' with { type: 'json' };
import falling from './fixtures/scenario-2-canicule-decrue.json' with { type: 'json' };
import cold from './fixtures/scenario-3-grand-froid.json' with { type: 'json' };

const french = { jaune: 'yellow', orange: 'orange', rouge: 'red' } as const;
const numbers = { '6': 'heat', '7': 'cold' } as const;
const bodies: Record<keyof typeof expected, unknown> = {
  'scenario-1-canicule-montee.json': rising,
  'scenario-2-canicule-decrue.json': falling,
  'scenario-3-grand-froid.json': cold,
  'carte-reelle-2026-10-04-extrait.json': real,
};

type Lists = Record<string, Record<string, Record<string, string[]>>>;

/** What a bulletin holds above green, in the words of `attendus.json`, for the phenomena that it names. */
const aboveGreen = (body: unknown, named: readonly string[]) => {
  const bulletin = readBulletin(body);
  if (!bulletin) return null;
  const lists: Lists = {};
  for (const [number, hazard] of Object.entries(numbers)) {
    if (!named.includes(number)) continue;
    const ofHazard: Lists[string] = {};
    lists[number] = ofHazard;
    bulletin.periods.forEach(({ colours }, n) => {
      for (const [word, colour] of Object.entries(french)) {
        const codes = [...colours[hazard]].filter(([, each]) => each === colour).map(([code]) => code);
        if (codes.length === 0) continue;
        ofHazard[n === 0 ? 'J' : 'J1'] ??= {};
        (ofHazard[n === 0 ? 'J' : 'J1'] as Lists[string][string])[word] = codes;
      }
    });
  }
  return lists;
};

describe.each(Object.keys(expected) as (keyof typeof expected)[])('%s', (name) => {
  test('heat and cold are what the collection says they are', () => {
    const lists: Lists = expected[name];
    expect(aboveGreen(bodies[name], Object.keys(lists))).toEqual(lists);
  });
  test('no other hazard is read as heat or cold, and no coastal strip or FRA as a department', () => {
    const bulletin = readBulletin(bodies[name]);
    for (const { colours } of bulletin?.periods ?? [])
      for (const hazard of WeatherHazard.options)
        for (const code of colours[hazard].keys()) expect(code).toMatch(/^(?:\d\d|2[AB])$/);
  });
});

test('in the cold season heat is absent, which is neither green nor an error; in summer cold is', () => {
  for (const { colours } of readBulletin(cold)?.periods ?? [])
    expect([colours.heat.size, colours.cold.size]).toEqual([0, 96]);
  for (const { colours } of readBulletin(rising)?.periods ?? [])
    expect([colours.heat.size, colours.cold.size]).toEqual([96, 0]);
  for (const { colours } of readBulletin(real)?.periods ?? [])
    expect([colours.heat.size, colours.cold.size]).toEqual([0, 0]);
});

test('a department that is orange for another hazard is not orange for heat', () => {
  const overall = (real.product.periods[0]?.timelaps.domain_ids ?? []).filter(({ max_color_id }) => max_color_id > 1);
  expect(overall.length).toBeGreaterThan(0);
  expect(readBulletin(real)?.periods.every(({ colours }) => colours.heat.size === 0)).toBe(true);
});

/** A body of one domain and one period, whose only item is given. */
const bodyOf = (item: object, domain_id: unknown = '01') => ({
  product: {
    update_time: '2026-07-08T10:00:10Z',
    global_max_color_id: '4',
    periods: [
      {
        echeance: 'J',
        begin_validity_time: '2026-07-08T10:00:00Z',
        end_validity_time: '2026-07-08T22:00:00Z',
        timelaps: { domain_ids: [{ domain_id, max_color_id: 4, phenomenon_items: [item] }] },
      },
    ],
  },
});
const heatOf = (item: object) => readBulletin(bodyOf(item))?.periods[0].colours.heat.get('01');

test('numbers are read as text and as numbers', () => {
  for (const phenomenon_id of ['6', 6])
    for (const phenomenon_max_color_id of ['3', 3])
      expect(heatOf({ phenomenon_id, phenomenon_max_color_id })).toBe('orange');
});

test('a colour of heat that cannot be read refuses the whole body; one of another hazard does not matter', () => {
  for (const phenomenon_max_color_id of [0, 5, -1, 2.5, '05', 'rouge', '', null, undefined, [3], {}])
    expect(readBulletin(bodyOf({ phenomenon_id: '6', phenomenon_max_color_id }))).toBeNull();
  expect(readBulletin(bodyOf({ phenomenon_id: '1', phenomenon_max_color_id: 'x' }))).not.toBeNull();
});

test('a body that speaks of no department is refused, and so is one that runs backwards', () => {
  expect(readBulletin(bodyOf({ phenomenon_id: '6', phenomenon_max_color_id: 2 }, 'FRA'))).toBeNull();
  expect(readBulletin(bodyOf({ phenomenon_id: '6', phenomenon_max_color_id: 2 }, 1))).toBeNull();
  const backwards = bodyOf({ phenomenon_id: '6', phenomenon_max_color_id: 2 });
  const [period] = backwards.product.periods;
  if (period) period.end_validity_time = period.begin_validity_time;
  expect(readBulletin(backwards)).toBeNull();
});

test('another form of the source, and anything that is no body, is refused without throwing', () => {
  expect(readBulletin(mobile)).toBeNull();
  fc.assert(
    fc.property(fc.anything(), (body) => {
      expect(readBulletin(body)).toBeNull();
    }),
  );
  fc.assert(
    fc.property(fc.jsonValue(), (item) => {
      expect(heatOf(item as object)).toBeUndefined();
    }),
  );
});

test('departments of communes: two characters, three overseas', () => {
  expect(['01173', '2A004', '97411', '98613', '75056'].map(departmentOfCommune)).toEqual([
    '01',
    '2A',
    '974',
    '986',
    '75',
  ]);
});
