import { expect, test } from 'vitest';
import { slotsOf } from './slots.ts';

const of = (from: string, to: string, zone = 'Europe/Paris') => {
  const slots = slotsOf({ from: new Date(from), to: new Date(to) }, zone);
  return slots && [...slots];
};

test.each([
  ['a Monday evening', '2026-11-23T17:30:00Z', '2026-11-23T19:00:00Z', ['weekday-evening']],
  ['over noon on a Saturday', '2026-11-21T09:00:00Z', '2026-11-21T14:00:00Z', ['weekend-morning', 'weekend-afternoon']],
  ['a Sunday morning', '2026-11-22T09:00:00Z', '2026-11-22T10:00:00Z', ['weekend-morning']],
  ['from seven o’clock on', '2026-11-23T06:00:00Z', '2026-11-23T07:00:00Z', ['weekday-morning']],
  ['until noon, which is not the afternoon', '2026-11-23T10:00:00Z', '2026-11-23T11:00:00Z', ['weekday-morning']],
  ['from noon on', '2026-11-23T11:00:00Z', '2026-11-23T12:00:00Z', ['weekday-afternoon']],
  ['until six, which is not the evening', '2026-11-23T16:00:00Z', '2026-11-23T17:00:00Z', ['weekday-afternoon']],
  ['from six on', '2026-11-23T17:00:00Z', '2026-11-23T18:00:00Z', ['weekday-evening']],
  ['the last hour before eleven', '2026-11-23T21:00:00Z', '2026-11-23T22:00:00Z', ['weekday-evening']],
  ['from eleven at night to seven, when nobody is free', '2026-11-23T22:00:00Z', '2026-11-24T06:00:00Z', []],
])('%s', (_title, from, to, expected) => {
  expect(of(from, to)).toEqual(expected);
});

test('the clock is that of the zone, its weekday too', () => {
  expect(of('2026-11-22T22:00:00Z', '2026-11-22T23:00:00Z', 'Pacific/Noumea')).toEqual(['weekday-morning']);
});

test('a window of a week touches every half-day; a longer one, and none, say nothing', () => {
  expect(of('2026-11-01T00:00:00Z', '2026-11-08T00:00:00Z')?.sort()).toEqual([
    'weekday-afternoon',
    'weekday-evening',
    'weekday-morning',
    'weekend-afternoon',
    'weekend-evening',
    'weekend-morning',
  ]);
  expect(of('2026-11-01T00:00:00Z', '2026-11-08T00:00:01Z')).toBeNull();
  expect(slotsOf(null, 'Europe/Paris')).toBeNull();
});
