import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBulletin } from './bulletin.ts';
import { graver, rankOf, WeatherColour } from './colours.ts';
import rising from './fixtures/scenario-1-canicule-montee.json' with { type: 'json' };
import { colourAt, isStale, keptForMs, pollAgainMs, type Statement, standingOf, statementsOf } from './standing.ts';

const at = (text: string) => new Date(text);
const statement: Statement = {
  department: '75',
  hazard: 'heat',
  colour: 'orange',
  next: 'red',
  turnsAt: at('2026-07-08T22:00:00Z'),
  statedAt: at('2026-07-08T10:00:10Z'),
};
const anyColour = fc.constantFrom(...WeatherColour.options);

test('tomorrow’s colour takes over when today runs out, and stays when tomorrow has too', () => {
  expect(colourAt(statement, at('2026-07-08T21:59:59Z'))).toBe('orange');
  expect(colourAt(statement, at('2026-07-08T22:00:00Z'))).toBe('red');
  expect(colourAt(statement, at('2026-08-08T22:00:00Z'))).toBe('red');
  expect(colourAt({ ...statement, next: null }, at('2026-08-08T22:00:00Z'))).toBe('orange');
});

test('a bulletin gives a statement for each department, with both days', () => {
  const bulletin = readBulletin(rising);
  const paris = bulletin && statementsOf(bulletin).find(({ department }) => department === '75');
  expect(paris).toEqual({ ...statement, turnsAt: at('2026-07-08T22:00:00Z') });
  expect(bulletin && statementsOf(bulletin)).toHaveLength(96);
});

test('what the last bulletin no longer speaks of is kept with its age, then out of season; green at once', () => {
  const later = at('2026-07-09T10:00:00Z');
  const soon = at('2026-07-09T12:00:00Z');
  expect(standingOf(statement, statement.statedAt, soon)).toBe('stated');
  expect(standingOf(statement, later, soon)).toBe('kept');
  expect(standingOf(statement, later, new Date(statement.statedAt.getTime() + keptForMs + 1))).toBe('unwatched');
  expect(standingOf({ ...statement, colour: 'green', next: 'green' }, later, soon)).toBe('unwatched');
});

test('a reading of three hours ago is old, and so is a bulletin of thirty', () => {
  const now = at('2026-07-08T12:00:00Z');
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  expect([isStale(ago(3), ago(3), now), isStale(ago(3.01), ago(3), now)]).toEqual([false, true]);
  expect([isStale(now, ago(30), now), isStale(now, ago(30.01), now)]).toEqual([false, true]);
});

test('each failure waits longer, at most an hour, and what the source asks for is kept, at most six', () => {
  expect([1, 2, 3, 7, 50].map((n) => pollAgainMs(n) / 60_000)).toEqual([1, 2, 4, 60, 60]);
  expect([0, 90, 3_600, 1e9].map((s) => pollAgainMs(1, s) / 60_000)).toEqual([1, 1.5, 60, 360]);
  fc.assert(
    fc.property(fc.nat(2_000), fc.nat(), (failures, seconds) => {
      expect(pollAgainMs(failures + 1, seconds)).toBeGreaterThanOrEqual(pollAgainMs(failures, seconds));
      expect(pollAgainMs(failures, seconds)).toBeLessThanOrEqual(6 * 3_600_000);
    }),
  );
});

test('the graver of two colours is one of them and never the calmer', () => {
  fc.assert(
    fc.property(anyColour, anyColour, (one, other) => {
      expect(rankOf(graver(one, other))).toBe(Math.max(rankOf(one), rankOf(other)));
    }),
  );
  expect(graver(undefined, 'yellow')).toBe('yellow');
});
