import { expect, test } from 'vitest';
import { correctionOf, reopenedCells, tellingsOf } from './correction.ts';
import { type Figure, hidden, shown } from './figures.ts';
import type { Release } from './schemas.ts';

const release = (figures: Readonly<Record<string, Figure>>, parts: readonly Figure[] = []): Release => ({
  ...{ format: 1, commune: '01173', period: '2026-10', number: 1, from: '2026-10-01', to: '2026-10-31' },
  ...{ timeZone: 'Europe/Paris', quarters: [] },
  indicators: Object.entries(figures).map(([id, figure]) => ({
    ...{ id: id as 'offers', figure, quarters: [] },
    categories: id === 'offers' ? parts.map((part, n) => ({ category: n ? 'pets' : 'errands', figure: part })) : [],
  })),
});
const posts = (value: number) => shown(value, 'posts');
const offersOf = (one: Release | null) => one?.indicators.find(({ id }) => id === 'offers')?.figure.value;

test('a correction has the next number and moves what moves by ten or more', () => {
  const before = release({ offers: posts(40) }, [hidden('posts'), hidden('posts')]);
  const after = correctionOf(before, release({ offers: posts(52) }, [hidden('posts'), hidden('posts')]));
  expect([after?.number, offersOf(after)]).toEqual([2, 52]);
});

test('a count that moves by a few stays as it was told, with its whole group', () => {
  const before = release({ requests: posts(60), offers: posts(40), downloads: shown(3, 'downloads') });
  const again = release({ requests: posts(80), offers: posts(41), downloads: shown(4, 'downloads') });
  const after = correctionOf(before, again);
  expect(after?.indicators.map(({ figure }) => figure.value)).toEqual([80, 40, 4]);
});

test('what was hidden stays hidden, and what was told is not hidden after', () => {
  const before = release({ offers: posts(40) }, [hidden('posts'), hidden('posts')]);
  expect(correctionOf(before, release({ offers: posts(60) }, [posts(30), posts(30)]))).toBeNull();
  expect(correctionOf(before, release({ offers: hidden('posts') }, [hidden('posts'), hidden('posts')]))).toBeNull();
});

test('a count moves by ten or more, what is nobody’s and what is no count by anything', () => {
  const moved = (id: string, unit: Figure['unit'], by: number) =>
    correctionOf(release({ [id]: shown(40, unit) }), release({ [id]: shown(40 + by, unit) }))?.indicators[0]?.figure
      .value;
  for (const [id, unit] of [
    ['newcomers', 'people'],
    ['offers', 'posts'],
    ['favours', 'favours'],
  ] as const)
    expect([id, moved(id, unit, 10), moved(id, unit, -10), moved(id, unit, 9), moved(id, unit, -9)]).toEqual([
      id,
      50,
      30,
      undefined,
      undefined,
    ]);
  expect([moved('hours', 'minutes', 1), moved('answered', 'percent', 5)]).toEqual([41, 45]);
  expect([moved('residences', 'residences', 1), moved('campaigns', 'campaigns', -1)]).toEqual([41, 39]);
});

test('a group moves whole or stays whole, and a part that comes or goes keeps it', () => {
  const before = release({ neighbours: shown(80, 'people'), active: shown(40, 'people') });
  const again = release({ neighbours: shown(95, 'people'), active: shown(45, 'people') });
  expect(correctionOf(before, again)).toBeNull();
  const hiddenStays = release({ neighbours: shown(95, 'people'), active: hidden('people') });
  const toldHidden = release({ neighbours: shown(80, 'people'), active: hidden('people') });
  expect(correctionOf(toldHidden, hiddenStays)?.indicators.map(({ figure }) => figure.value)).toEqual([95, null]);
  const offers = release({ offers: posts(40) }, [posts(20), posts(20)]);
  expect(correctionOf(offers, release({ offers: posts(60) }, [posts(60)]))).toBeNull();
  expect(
    correctionOf(release({ offers: posts(40) }, [posts(20)]), release({ offers: posts(60) }, [posts(20), posts(40)])),
  ).toBeNull();
  expect(correctionOf(offers, release({ offers: posts(60) }, [posts(21), posts(39)]))).toBeNull();
  expect(offersOf(correctionOf(offers, release({ offers: posts(60) }, [posts(20), posts(40)])))).toBe(60);
});

test('an indicator that was never told is not told by a correction, unless it is nobody’s', () => {
  const before = release({ offers: posts(40) });
  const again = release({ offers: posts(60), favours: shown(30, 'favours'), downloads: shown(4, 'downloads') });
  expect(correctionOf(before, again)?.indicators.map(({ id }) => id)).toEqual(['offers', 'downloads']);
});

test('quarters move with their group', () => {
  const quartered = (value: number, part: number): Release => {
    const one = release({ offers: posts(value) });
    return {
      ...one,
      indicators: one.indicators.map((of) => ({ ...of, quarters: [{ quarter: 'q1', figure: posts(part) }] })),
    };
  };
  expect(correctionOf(quartered(40, 20), quartered(60, 21))).toBeNull();
  expect(offersOf(correctionOf(quartered(40, 20), quartered(60, 30)))).toBe(60);
  expect(reopenedCells([quartered(40, 20), quartered(60, 30)])).toEqual([]);
});

test('the same figures are no correction', () => {
  const before = release({ offers: posts(40) });
  expect(correctionOf(before, before)).toBeNull();
});

test('a careless correction is found by its reopened cells, and both tellings are told apart', () => {
  const before = release({ offers: hidden('posts') });
  const careless = { ...release({ offers: posts(4) }), number: 2 };
  expect(reopenedCells([before, careless])).toEqual(['2026-10 offers']);
  expect(tellingsOf([careless, before])).toEqual({ first: [before], last: [careless] });
  const third = { ...before, number: 3 };
  const november = { ...before, period: '2026-11' };
  for (const numbers of [
    [careless, before, third, november],
    [before, third, november, careless],
    [third, november, careless, before],
  ])
    expect([tellingsOf(numbers).first.length, tellingsOf(numbers)]).toEqual([
      2,
      { first: expect.arrayContaining([before, november]), last: expect.arrayContaining([third, november]) },
    ]);
});
