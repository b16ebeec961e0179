import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wallClockOf } from '../places/wall-clock.ts';
import { WeatherColour } from '../weather/colours.ts';
import { answerWithinMs, attemptAt, attemptsMax, escalateAt, hastened, ways } from './attempts.ts';
import { CheckState, checkCanBecome, checkTransitions } from './lifecycle.ts';

const timeZone = 'Europe/Paris';
const hourMs = 3_600_000;
const colours = ['yellow', 'orange', 'red'] as const;
const timesOf = (dueAt: Date, colour: (typeof colours)[number]) =>
  ways.map((_, n) => attemptAt(dueAt, escalateAt(dueAt, colour), n, timeZone));
/** A time of day at which a check may be due, in a year with both changes of clocks. */
const anyDue = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) })
  .map((ms) => new Date(ms))
  .filter((at) => wallClockOf(at, timeZone).hour >= 8 && wallClockOf(at, timeZone).hour < 21);

test('in red at noon: noon, and every three quarters of an hour, then the readers at three', () => {
  const due = new Date('2026-07-08T10:00:00Z');
  expect(timesOf(due, 'red').map((at) => at.toISOString().slice(11, 16))).toEqual(['10:00', '10:45', '11:30', '12:15']);
  expect(escalateAt(due, 'red').toISOString()).toBe('2026-07-08T13:00:00.000Z');
});

test('in yellow in the evening the night is left in peace', () => {
  const due = new Date('2026-07-08T18:00:00Z');
  expect(timesOf(due, 'yellow').map((at) => at.toISOString().slice(8, 16))).toEqual([
    '08T18:00',
    '09T08:15',
    '09T11:30',
    '09T14:45',
  ]);
});

test('four attempts, in order, by day, by different ways, all before the escalation, also when the clocks change', () => {
  expect(new Set(ways).size).toBe(3);
  fc.assert(
    fc.property(anyDue, fc.constantFrom(...colours), (due, colour) => {
      const times = timesOf(due, colour);
      expect([times.length, times[0]]).toEqual([attemptsMax, due]);
      times.forEach((at, n) => {
        const { hour } = wallClockOf(at, timeZone);
        expect([hour >= 8, hour < 21, at < escalateAt(due, colour)]).toEqual([true, true, true]);
        if (n > 0) expect(at.getTime()).toBeGreaterThanOrEqual(times[n - 1]?.getTime() ?? 0);
      });
    }),
  );
});

test('an escalation never moves later, whatever colours do, and never sooner than red allows or than now', () => {
  const anyChanges = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 24 * 60 }), fc.constantFrom(...WeatherColour.options)),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(anyDue, fc.constantFrom(...colours), anyChanges, (due, first, changes) => {
      let current = escalateAt(due, first);
      for (const [minutes, colour] of changes.sort(([a], [b]) => a - b)) {
        const now = new Date(due.getTime() + minutes * 60_000);
        if (now >= current) break;
        const next = hastened(current, due, colour, now);
        expect(next.getTime()).toBeLessThanOrEqual(current.getTime());
        expect(next.getTime()).toBeGreaterThanOrEqual(
          Math.min(current.getTime(), Math.max(now.getTime(), due.getTime() + 3 * hourMs)),
        );
        if (colour !== 'green')
          expect(next.getTime()).toBeLessThanOrEqual(Math.max(now.getTime(), due.getTime() + answerWithinMs[colour]));
        current = next;
      }
    }),
  );
});

test('a check ends, and every open one may be cancelled', () => {
  const ended = CheckState.options.filter((state) => checkTransitions[state].length === 0);
  expect(ended).toEqual(['reached', 'needs-something', 'emergency-called', 'closed', 'cancelled']);
  for (const state of CheckState.options) expect(checkCanBecome(state, 'cancelled')).toBe(!ended.includes(state));
});

test('only a claimed check has an outcome, only what nobody answered is escalated, only an escalation is closed', () => {
  const before = (state: CheckState) => CheckState.options.filter((from) => checkCanBecome(from, state));
  for (const outcome of ['reached', 'needs-something', 'no-answer', 'emergency-called'] as const)
    expect(before(outcome)).toEqual(['claimed']);
  expect(before('escalated')).toEqual(['due', 'no-answer']);
  expect(before('closed')).toEqual(['escalated']);
  expect(before('due')).toEqual(['claimed', 'no-answer']);
});
