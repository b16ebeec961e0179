import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankOf, WeatherColour } from '../weather/colours.ts';
import { closesByItself, opensRound, paceOf } from './pace.ts';

const anyColour = fc.constantFrom(...WeatherColour.options);
const anyFloor = fc.constantFrom(null, 'yellow' as const, 'orange' as const, 'red' as const);
const fresh = (colour: WeatherColour) => ({ colour, isFresh: true });
const old = (colour: WeatherColour) => ({ colour, isFresh: false });

test('yellow and more open a round, green never does', () => {
  expect(WeatherColour.options.map((colour) => opensRound(fresh(colour), null))).toEqual([false, true, true, true]);
});

test('a round that somebody closed opens again when the colour rises above it, or after calm', () => {
  const closed = { colour: 'orange', wasCalm: false } as const;
  expect(WeatherColour.options.map((colour) => opensRound(fresh(colour), closed))).toEqual([false, false, false, true]);
  expect(opensRound(fresh('yellow'), { ...closed, wasCalm: true })).toBe(true);
});

test('a colour that falls slows, old news and silence change nothing, and only a fresh green closes', () => {
  const red = { colour: 'red', floor: null } as const;
  expect([paceOf(red, fresh('yellow')), paceOf(red, old('green')), paceOf(red, null)]).toEqual([
    'yellow',
    'red',
    'red',
  ]);
  expect([closesByItself(red, fresh('green')), closesByItself(red, old('green')), closesByItself(red, null)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('what a coordinator asked for is never gone under, nor closed by the weather', () => {
  fc.assert(
    fc.property(anyColour, anyFloor, anyColour, fc.boolean(), (colour, floor, said, isFresh) => {
      const pace = paceOf({ colour, floor }, { colour: said, isFresh });
      if (floor && (said !== 'green' || isFresh)) expect(rankOf(pace)).toBeGreaterThanOrEqual(rankOf(floor));
      if (floor) expect(closesByItself({ colour, floor }, { colour: said, isFresh })).toBe(false);
      if (!isFresh && said === 'green') expect(pace).toBe(colour);
    }),
  );
});
