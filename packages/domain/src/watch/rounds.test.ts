import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wallClockOf } from '../places/wall-clock.ts';
import { WeatherColour } from '../weather/colours.ts';
import { atHour, type CheckTime, checksToMake, DayPart, localDateOf, slotsCome, slotsMissed } from './rounds.ts';

const timeZone = 'Europe/Paris';
const minuteMs = 60_000;
type Change = { at: Date; colour: WeatherColour };

/** Plays a round minute by `everyMs`, as a job would: looks at the colour in force and makes what is to be made, once. */
const play = (
  changes: readonly Change[],
  part: DayPart,
  from: Date,
  days: number,
  everyMs = 15 * minuteMs,
  zone = timeZone,
) => {
  const made: CheckTime[] = [];
  for (let at = from.getTime(); at < from.getTime() + days * 86_400_000; at += everyMs) {
    const now = new Date(at);
    const current = changes.filter((each) => each.at <= now).at(-1);
    if (current)
      made.push(...checksToMake({ colour: current.colour, since: current.at, part, timeZone: zone, made }, now));
  }
  return made;
};
const hoursOf = (made: readonly CheckTime[], zone = timeZone) =>
  made.map(({ dueAt }) => `${localDateOf(dueAt, zone).slice(5)} ${wallClockOf(dueAt, zone).hour}h`);
const paris = (text: string) => new Date(`${text}+02:00`);

describe('the pace of each colour', () => {
  const from = paris('2026-07-08T00:00:00');
  const steady = (colour: WeatherColour, part: DayPart = 'morning') =>
    hoursOf(play([{ at: from, colour }], part, from, 4));
  test('green asks for nothing, yellow for every two days, orange for every day, red for twice a day', () => {
    expect(steady('green')).toEqual([]);
    expect(steady('yellow')).toEqual(['07-08 9h', '07-10 9h']);
    expect(steady('orange', 'evening')).toEqual(['07-08 18h', '07-09 18h', '07-10 18h', '07-11 18h']);
    expect(steady('red')).toEqual([
      '07-08 9h',
      '07-08 15h',
      '07-09 9h',
      '07-09 15h',
      '07-10 9h',
      '07-10 15h',
      '07-11 9h',
      '07-11 15h',
    ]);
  });
  test('a colour that rises after the hour makes the check due at once, but not at 21:00', () => {
    expect(hoursOf(play([{ at: paris('2026-07-08T16:30:00'), colour: 'orange' }], 'morning', from, 2))).toEqual([
      '07-08 16h',
      '07-09 9h',
    ]);
    expect(hoursOf(play([{ at: paris('2026-07-08T21:00:00'), colour: 'red' }], 'morning', from, 1))).toEqual([]);
  });
  test('one that falls takes nothing back and makes no more than its pace', () => {
    const changes: Change[] = [
      { at: from, colour: 'red' },
      { at: paris('2026-07-08T12:00:00'), colour: 'yellow' },
    ];
    expect(hoursOf(play(changes, 'morning', from, 3))).toEqual(['07-08 9h', '07-10 9h']);
  });
});

const anyPart = fc.constantFrom(...DayPart.options);
/** Rising and falling colours over days in which the clocks change in spring, in autumn, or not at all. */
const anyStart = fc
  .constantFrom('2026-03-26T12:00:00Z', '2026-10-22T12:00:00Z', '2026-07-06T12:00:00Z')
  .map((text) => new Date(text));
const anyChanges = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 6 * 1440 }), colour: fc.constantFrom(...WeatherColour.options) }),
  { minLength: 1, maxLength: 8 },
);
const anyZone = fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Guadeloupe');

test('whatever colours do and clocks show, no check is made twice, none at night, none before its hour', () => {
  fc.assert(
    fc.property(anyStart, anyChanges, anyPart, anyZone, (start, steps, part, zone) => {
      const changes = steps
        .map(({ after, colour }) => ({ at: new Date(start.getTime() + after * minuteMs), colour }))
        .sort((a, b) => a.at.getTime() - b.at.getTime());
      const made = play(changes, part, start, 6, 30 * minuteMs, zone);
      expect(new Set(made.map(({ date, hour }) => `${date} ${hour}`)).size).toBe(made.length);
      for (const { date, hour, dueAt } of made) {
        const wall = wallClockOf(dueAt, zone);
        expect([localDateOf(dueAt, zone), wall.hour >= hour, wall.hour < 21]).toEqual([date, true, true]);
      }
      for (const date of new Set(made.map((each) => each.date)))
        expect(made.filter((each) => each.date === date).length).toBeLessThanOrEqual(3);
    }),
    { numRuns: 30 },
  );
});

test('no day is lost: orange or red from the evening before asks for each whole day, also when the clocks change and the job sleeps for hours', () => {
  fc.assert(
    fc.property(
      anyStart,
      fc.constantFrom('orange' as const, 'red' as const),
      anyPart,
      fc.integer({ min: 30, max: 180 }),
      (start, colour, part, sleepMinutes) => {
        const made = play([{ at: start, colour }], part, start, 6, sleepMinutes * minuteMs);
        const dates = [1, 2, 3, 4, 5].map((n) => localDateOf(new Date(start.getTime() + n * 86_400_000), timeZone));
        for (const date of dates)
          expect(made.filter((each) => each.date === date)).toHaveLength(colour === 'red' ? 2 : 1);
      },
    ),
    { numRuns: 30 },
  );
});

test('whatever stands still, for less than two days, every hour of every day is made up for at its own time', () => {
  fc.assert(
    fc.property(
      anyStart,
      fc.constantFrom('orange' as const, 'red' as const),
      anyPart,
      fc.array(fc.integer({ min: 1, max: 47 * 60 }), { minLength: 3, maxLength: 12 }),
      (since, colour, part, sleeps) => {
        const plan = { colour, since, part, timeZone };
        const made = new Map<string, Date>();
        let [madeAt, now]: [Date | null, Date] = [null, since];
        for (const minutes of sleeps) {
          for (const slot of [...slotsMissed(plan, madeAt, now), ...slotsCome(plan, now)])
            made.set(`${slot.date} ${slot.hour}`, slot.dueAt);
          madeAt = now;
          now = new Date(now.getTime() + minutes * minuteMs);
        }
        const hours = new Set([...made.keys()].map((key) => Number(key.split(' ')[1])));
        const end = madeAt ?? since;
        for (let at = since.getTime(); at <= end.getTime(); at += minuteMs * 60) {
          const date = localDateOf(new Date(at), timeZone);
          for (const hour of hours) {
            const own = new Date(Math.max(atHour(date, hour, timeZone).getTime(), since.getTime()));
            if (own <= end && own < atHour(date, 21, timeZone)) expect(made.get(`${date} ${hour}`)).toEqual(own);
          }
        }
      },
    ),
    { numRuns: 20 },
  );
});
