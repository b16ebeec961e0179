import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seriesDates } from './series.ts';

const dayMs = 86_400_000;
const far = new Date('2100-01-01T00:00:00Z');
const dates = (
  from: string,
  to: string,
  every: 'week' | 'two-weeks' | 'month',
  until: string,
  zone = 'Europe/Paris',
  after: Date | null = null,
) =>
  seriesDates({ from: new Date(from), to: new Date(to) }, every, zone, {
    after,
    until: new Date(until),
    ahead: far,
  }).map((date) => [date.from.toISOString(), date.to.toISOString()]);

const wallClock = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('fr-FR', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at);
const weekday = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('fr-FR', { timeZone, weekday: 'long' }).format(at);

describe('the dates of a series', () => {
  test('keep their wall clock when summer time begins and ends', () => {
    expect(dates('2026-03-23T09:00:00Z', '2026-03-23T10:00:00Z', 'week', '2026-04-07T00:00:00Z')).toEqual([
      ['2026-03-23T09:00:00.000Z', '2026-03-23T10:00:00.000Z'],
      ['2026-03-30T08:00:00.000Z', '2026-03-30T09:00:00.000Z'],
      ['2026-04-06T08:00:00.000Z', '2026-04-06T09:00:00.000Z'],
    ]);
    expect(dates('2026-10-20T08:00:00Z', '2026-10-20T09:00:00Z', 'two-weeks', '2026-11-04T00:00:00Z').at(-1)).toEqual([
      '2026-11-03T09:00:00.000Z',
      '2026-11-03T10:00:00.000Z',
    ]);
  });

  test('the missing hour of spring is an hour later, the double hour of autumn its first', () => {
    expect(dates('2026-03-22T01:30:00Z', '2026-03-22T02:30:00Z', 'week', '2026-03-30T00:00:00Z')[1]?.[0]).toBe(
      '2026-03-29T01:30:00.000Z',
    );
    expect(dates('2026-10-18T00:30:00Z', '2026-10-18T01:15:00Z', 'week', '2026-10-26T00:00:00Z')[1]?.[0]).toBe(
      '2026-10-25T00:30:00.000Z',
    );
  });

  test('a month without that day ends on its last one, and the day comes back', () => {
    const froms = dates('2027-01-31T09:00:00Z', '2027-01-31T10:00:00Z', 'month', '2027-05-01T00:00:00Z').map(([from]) =>
      from?.slice(0, 10),
    );
    expect(froms).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']);
  });

  test('a night over midnight stays one', () => {
    expect(dates('2026-11-01T22:00:00Z', '2026-11-02T05:00:00Z', 'week', '2026-11-09T00:00:00Z')[1]).toEqual([
      '2026-11-08T22:00:00.000Z',
      '2026-11-09T05:00:00.000Z',
    ]);
  });

  test.each(['Europe/Paris', 'Indian/Reunion', 'America/Miquelon', 'Pacific/Tahiti', 'Pacific/Marquesas'])(
    'in %s, whatever the first date, the clock and the weekday hold, and every window has a length',
    (zone) => {
      const from = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
      fc.assert(
        fc.property(
          from,
          fc.integer({ min: 60_000, max: 3 * dayMs }),
          fc.constantFrom('week' as const, 'two-weeks' as const),
          (first, lengthMs, every) => {
            const made = seriesDates({ from: first, to: new Date(first.getTime() + lengthMs) }, every, zone, {
              after: null,
              until: new Date(first.getTime() + 60 * dayMs),
              ahead: far,
            });
            expect(made.length).toBe(every === 'week' ? 9 : 5);
            const odd = made.filter(
              ({ from: at }) =>
                wallClock(at, zone) !== wallClock(first, zone) || weekday(at, zone) !== weekday(first, zone),
            );
            expect(odd.length).toBeLessThanOrEqual(1); // the missing hour
            expect(made.every((date) => date.to > date.from)).toBe(true);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  test('asked twice in a row, every date comes once', () => {
    const first = { from: new Date('2026-11-23T09:00:00Z'), to: new Date('2026-11-23T10:00:00Z') };
    const until = new Date('2027-06-01T00:00:00Z');
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('week' as const, 'month' as const),
        (steps, every) => {
          const made: number[] = [];
          for (const step of steps.sort((a, b) => a - b)) {
            const last = made.at(-1);
            const ahead = new Date(first.from.getTime() + step * dayMs);
            made.push(
              ...seriesDates(first, every, 'Europe/Paris', {
                after: last === undefined ? null : new Date(last),
                until,
                ahead,
              }).map((date) => date.from.getTime()),
            );
          }
          const ahead = new Date(first.from.getTime() + (steps.at(-1) ?? 0) * dayMs);
          expect(made).toEqual(
            seriesDates(first, every, 'Europe/Paris', { after: null, until, ahead }).map((date) => date.from.getTime()),
          );
        },
      ),
    );
  });
});
