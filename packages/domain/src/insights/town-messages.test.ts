import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canWriteToZone, electionNear, nextTownMessageAt } from './town-messages.ts';

const now = new Date('2026-07-10T10:00:00Z');
const hourMs = 3_600_000;

test('one message a week, but in orange or red', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.constantFrom(null, 'green', 'yellow', 'orange', 'red'),
      (hours, colour) => {
        const last = new Date(now.getTime() - hours * hourMs);
        expect(canWriteToZone(last, colour, now).ok).toBe(colour === 'orange' || colour === 'red' || hours >= 168);
      },
    ),
  );
  expect(canWriteToZone(null, 'green', now)).toEqual({ ok: true });
  expect(nextTownMessageAt(now, null, now)).toEqual(new Date('2026-07-17T10:00:00Z'));
});

test('an election is near from the first day of the sixth month before it, to the end of its own', () => {
  const days = ['2026-09-30', '2026-10-01', '2027-04-30', '2027-05-01', '2027-09-01'];
  expect(days.map((day) => electionNear(day, []))).toEqual([null, '2027-04', '2027-04', null, '2028-03']);
  expect(electionNear('2026-06-15', ['2026-09'])).toBe('2026-09');
});

test('so it is for any election, over the ends of years and in leap years, to the day', () => {
  const inDigits = (at: number): string => new Date(at).toISOString().slice(0, 10);
  fc.assert(
    fc.property(
      fc.integer({ min: 2034, max: 2112 }), // a year and more after the last that the law fixes
      fc.integer({ min: 0, max: 11 }),
      fc.integer({ min: -400, max: 400 }),
      (year, month, days) => {
        const election = inDigits(Date.UTC(year, month, 1)).slice(0, 7);
        const [first, after] = [Date.UTC(year, month - 6, 1), Date.UTC(year, month + 1, 1)];
        const at = Date.UTC(year, month, 1 + days);
        expect(electionNear(inDigits(at), [election])).toBe(at >= first && at < after ? election : null);
        for (const edge of [first, after])
          expect(electionNear(inDigits(edge), [election]) === election).not.toBe(
            electionNear(inDigits(edge - 86_400_000), [election]) === election,
          );
      },
    ),
  );
});
