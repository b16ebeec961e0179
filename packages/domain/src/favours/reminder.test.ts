import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wallClockOf } from '../places/wall-clock.ts';
import { reminderAt } from './reminder.ts';

const at = (text: string) => new Date(text);
const zones = ['Europe/Paris', 'Indian/Reunion', 'America/Guadeloupe', 'Pacific/Noumea'];

test('the evening before, at six on the clocks of the commune, in summer, in winter and across the change', () => {
  const long = at('2026-01-01T00:00:00Z');
  expect(reminderAt(at('2026-11-24T09:00:00Z'), long, 'Europe/Paris')).toEqual(at('2026-11-23T17:00:00Z'));
  expect(reminderAt(at('2026-07-14T08:00:00Z'), long, 'Europe/Paris')).toEqual(at('2026-07-13T16:00:00Z'));
  expect(reminderAt(at('2026-10-25T09:00:00Z'), long, 'Europe/Paris')).toEqual(at('2026-10-24T16:00:00Z'));
  expect(reminderAt(at('2026-11-24T06:00:00Z'), long, 'Indian/Reunion')).toEqual(at('2026-11-23T14:00:00Z'));
});

test('two hours before when they agreed since, and nothing at night nor when they have just agreed', () => {
  const from = at('2026-11-24T14:00:00Z');
  expect(reminderAt(from, at('2026-11-24T08:00:00Z'), 'Europe/Paris')).toEqual(at('2026-11-24T12:00:00Z'));
  expect(reminderAt(from, at('2026-11-24T11:30:00Z'), 'Europe/Paris')).toBeNull();
  expect(reminderAt(at('2026-11-24T08:00:00Z'), at('2026-11-23T20:00:00Z'), 'Europe/Paris')).toBeNull();
});

test('whatever the hour, the zone and the day: after they agreed, before it begins, and never at night', () => {
  fc.assert(
    fc.property(
      fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2028-12-31T00:00:00Z'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 10 * 24 * 60 }),
      fc.constantFrom(...zones),
      (from, minutesBefore, zone) => {
        const agreedAt = new Date(from.getTime() - minutesBefore * 60_000);
        const due = reminderAt(from, agreedAt, zone);
        if (due === null) return minutesBefore < 40 * 60;
        const { hour } = wallClockOf(due, zone);
        return due >= agreedAt && due < from && hour >= 8 && hour < 22;
      },
    ),
    { numRuns: 500 },
  );
});
