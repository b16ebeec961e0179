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

test('the same figures are no correction', () => {
  const before = release({ offers: posts(40) });
  expect(correctionOf(before, before)).toBeNull();
});

test('a careless correction is found by its reopened cells, and both tellings are told apart', () => {
  const before = release({ offers: hidden('posts') });
  const careless = { ...release({ offers: posts(4) }), number: 2 };
  expect(reopenedCells([before, careless])).toEqual(['2026-10 offers']);
  expect(tellingsOf([careless, before])).toEqual({ first: [before], last: [careless] });
});
