import { describe, expect, test } from 'vitest';
import { fieldsOf, instantAt, windowOf } from './windows.ts';

const paris = 'Europe/Paris';
const none = { day: '', from: '', to: '' };
const at = (iso: string) => new Date(iso);

describe('instantAt', () => {
  test.each([
    ['2026-07-14', '18:30', paris, '2026-07-14T16:30:00.000Z'],
    ['2026-12-24', '18:30', paris, '2026-12-24T17:30:00.000Z'],
    ['2026-12-24', '18:30', 'Indian/Reunion', '2026-12-24T14:30:00.000Z'],
    ['2026-12-24', '18:30', 'America/Guadeloupe', '2026-12-24T22:30:00.000Z'],
    ['2026-12-24', '18:30', 'Pacific/Noumea', '2026-12-24T07:30:00.000Z'],
    ['2026-03-29', '01:30', paris, '2026-03-29T00:30:00.000Z'],
    ['2026-03-29', '02:30', paris, '2026-03-29T01:30:00.000Z'],
    ['2026-03-29', '03:30', paris, '2026-03-29T01:30:00.000Z'],
    ['2026-10-25', '02:30', paris, '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:30', paris, '2026-10-25T02:30:00.000Z'],
  ])('%s %s in %s is %s', (day, hour, zone, iso) => {
    expect(instantAt(day, hour, zone)?.toISOString()).toBe(iso);
  });
  test.each([
    ['', '18:30'],
    ['2026-13-01', '18:30'],
    ['30/11/2026', '18:30'],
    ['2026-11-30', '25:00'],
    ['2026-11-30', ''],
  ])('%s %s is no instant', (day, hour) => {
    expect(instantAt(day, hour, paris)).toBeNull();
  });
  test('is what its own fields say', () => {
    const { day, hour } = fieldsOf(at('2026-08-01T21:45:00Z'), paris);
    expect([day, hour]).toEqual(['2026-08-01', '23:45']);
    expect(instantAt(day, hour, paris)).toEqual(at('2026-08-01T21:45:00Z'));
  });
});

describe('windowOf', () => {
  const morning = at('2026-11-20T08:00:00Z');
  test.each([
    ['now', '2026-11-20T11:00:00.000Z'],
    ['today', '2026-11-20T21:00:00.000Z'],
    ['week', '2026-11-27T19:00:00.000Z'],
  ] as const)('%s begins now and ends in the commune’s own hours', (when, to) => {
    expect(windowOf(when, none, morning, paris)).toEqual({ from: morning.toISOString(), to });
  });
  test('leaves three hours of today when night is near', () => {
    const late = at('2026-11-20T20:30:00Z'); // 21:30 in Paris
    expect(windowOf('today', none, late, paris)).toEqual({ from: late.toISOString(), to: '2026-11-20T23:30:00.000Z' });
  });
  test('counts the day where the commune is', () => {
    const evening = at('2026-11-20T20:30:00Z'); // the 21st, 00:30, in La Réunion
    expect(windowOf('today', none, evening, 'Indian/Reunion')).toMatchObject({ to: '2026-11-21T18:00:00.000Z' });
  });
  test('a date alone is a day from 9 to 20', () => {
    expect(windowOf('date', { day: '2026-11-30', from: '', to: '' }, morning, paris)).toEqual({
      from: '2026-11-30T08:00:00.000Z',
      to: '2026-11-30T19:00:00.000Z',
    });
    expect(windowOf('date', { day: '2026-11-30', from: '20:30', to: '' }, morning, paris)).toMatchObject({
      to: '2026-11-30T22:59:00.000Z',
    });
  });
  test.each([
    { day: '', from: '', to: '' },
    { day: '2026-11-19', from: '', to: '' },
    { day: '2026-11-30', from: '18:00', to: '17:00' },
    { day: '2026-11-30', from: '18:00', to: '18:00' },
  ])('is wrong for $day $from $to', (given) => {
    expect(windowOf('date', given, morning, paris)).toBe('wrong');
  });
  test('is none for an offer at any time', () => {
    expect(windowOf('any', none, morning, paris)).toBeNull();
  });
});
