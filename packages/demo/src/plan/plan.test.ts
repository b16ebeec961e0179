import { describe, expect, test } from 'vitest';
import { planTown } from '../towns/plan-town.ts';
import { readTowns } from '../towns/read-towns.ts';
import { localDate, localInstant } from './calendar.ts';
import { planDemo } from './index.ts';

const input = { startAt: new Date('2026-11-22T09:00:00Z'), passwordHash: 'hash', cellOf: () => 'cell' };

describe('the plan of the demo', () => {
  test('is the same for the same instant, ids included', () => {
    expect(planDemo(input)).toEqual(planDemo(input));
  });

  test('another day moves the dates and nothing else', () => {
    const [one, other] = [
      planDemo({ ...input, startAt: new Date('2026-06-10T09:00:00Z') }),
      planDemo({ ...input, startAt: new Date('2026-06-11T09:00:00Z') }),
    ];
    expect(other.accounts.map(({ email }) => email)).toEqual(one.accounts.map(({ email }) => email));
    expect(other.posts.slice(-120).map(({ title, state }) => [title, state])).toEqual(
      one.posts.slice(-120).map(({ title, state }) => [title, state]),
    );
    expect(other.posts.at(-1)?.createdAt.getTime()).toBe((one.posts.at(-1)?.createdAt.getTime() ?? 0) + 86_400_000);
  });

  test.each([
    '2026-01-01T00:10:00Z',
    '2026-03-29T01:30:00Z',
    '2026-10-25T00:30:00Z',
    '2028-02-29T23:59:00Z',
    '2026-12-31T22:59:00Z',
  ])('starts whole on %s', (at) => {
    const startAt = new Date(at);
    const { posts, favours, accounts } = planDemo({ ...input, startAt });
    const ids = [...posts, ...favours, ...accounts].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    for (const { createdAt, updatedAt } of [...posts, ...favours]) {
      expect(updatedAt.getTime()).toBeGreaterThanOrEqual(createdAt.getTime());
      expect(updatedAt.getTime()).toBeLessThanOrEqual(startAt.getTime());
    }
    for (const { state, expiresAt } of posts)
      if (state === 'open' || state === 'filled' || state === 'held')
        expect(expiresAt.getTime()).toBeGreaterThan(startAt.getTime());
    for (const { windowFrom, windowTo } of posts)
      if (windowFrom && windowTo) expect(windowFrom.getTime()).toBeLessThan(windowTo.getTime());
  });
});

test.each([
  ['a summer evening', { year: 2026, month: 7, day: 14 }, 20, '2026-07-14T18:00:00.000Z'],
  ['a winter morning', { year: 2026, month: 12, day: 1 }, 8, '2026-12-01T07:00:00.000Z'],
  ['days that overflow', { year: 2026, month: 11, day: -1 }, 12, '2026-10-30T11:00:00.000Z'],
  ['months that overflow', { year: 2026, month: -1, day: 3 }, 12, '2025-11-03T11:00:00.000Z'],
])('%s is an instant of Paris', (_, date, hour, instant) => {
  expect(localInstant(date, hour, 0, 'Europe/Paris').toISOString()).toBe(instant);
});

test('the date on the wall follows the zone', () => {
  expect(localDate(new Date('2026-12-31T23:30:00Z'), 'Europe/Paris')).toEqual({ year: 2027, month: 1, day: 1 });
  expect(localDate(new Date('2026-12-31T23:30:00Z'), 'America/Cayenne')).toEqual({ year: 2026, month: 12, day: 31 });
});

test('every held post and everybody new waits on a desk once, since less than a day, and nobody from 001 to 020', () => {
  const { cases, posts, residents, accounts } = planDemo(input);
  const waiting = [
    ...posts.filter(({ state }) => state === 'held').map(({ id }) => id),
    ...residents.filter(({ trust }) => trust === 'new').map(({ id }) => id),
  ];
  expect(cases.map(({ subjectId }) => subjectId).sort()).toEqual(waiting.sort());
  expect(cases.length).toBeGreaterThan(4);
  for (const { createdAt } of cases) expect(input.startAt.getTime() - createdAt.getTime()).toBeLessThan(86_400_000);
  const early = new Set(
    residents
      .filter(({ accountId }) =>
        accounts.some(({ id, email }) => id === accountId && /resident-0(?:0\d|1\d|20)@/.test(email)),
      )
      .map(({ id }) => id),
  );
  expect([early.size, cases.filter(({ aboutId }) => early.has(aboutId))]).toEqual([20, []]);
});

test('the generated towns are 1,400, and each has what its line says', () => {
  const towns = readTowns();
  expect(towns).toHaveLength(1_400);
  expect(towns.reduce((sum, town) => sum + town.residents, 0)).toBe(270_739);
  const gex = towns.find(({ insee }) => insee === '01173');
  if (!gex) throw new Error('Gex is forced in');
  const plan = planTown(gex, {
    now: input.startAt,
    territoryId: 't',
    passwordHash: 'hash',
    cellOf: () => 'cell',
    posts: 40,
  });
  expect([plan.residences.length, plan.residents.length, plan.posts.length]).toEqual([
    gex.residences,
    gex.residents,
    40,
  ]);
  for (const { lat, lon } of plan.residencePlaces)
    expect(Math.hypot((lat - gex.lat) * 111.2, (lon - gex.lon) * 76.8)).toBeLessThan(
      Math.sqrt(gex.surfaceKm2 / Math.PI),
    );
});
