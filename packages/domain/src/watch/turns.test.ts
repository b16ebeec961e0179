import { expect, test } from 'vitest';
import { heldUntil, isWatchTime, mayTry, offeredAgainAt, turnAt, type Way } from './turns.ts';

const timeZone = 'Europe/Paris';
const at = (clock: string) => new Date(`2026-07-08T${clock}:00Z`);
/** Due at noon in red: attempts at 12:00, 12:45, 13:30 and 14:15, escalated at 15:00, on clocks two hours ahead. */
const check = (attempts: number) => ({ dueAt: at('10:00'), escalatesAt: at('13:00'), attempts });

const offered = (attempts: number, clock: string) => ({ ...check(attempts), offeredAt: at(clock) });
const waysOf = (of: ReturnType<typeof offered>, clocks: string[]) =>
  clocks
    .map((clock) => turnAt(of, at(clock), timeZone))
    .map(({ way, isIgnored }) => `${way}${isIgnored ? ' late' : ''}`);

test('the bell, the telephone, another neighbour, the bell: as attempts are made', () => {
  const made = ['10:00', '10:45', '11:30', '12:15'].flatMap((clock, n) => waysOf(offered(n, clock), [clock]));
  expect(made).toEqual(['bell', 'phone', 'neighbour', 'bell']);
});

test('a turn that nobody took gives way to the next when its time has come', () => {
  expect(waysOf(offered(0, '10:00'), ['10:44', '10:45', '11:30', '12:15'])).toEqual([
    ...['bell', 'phone late', 'neighbour late', 'bell late'],
  ]);
  expect(waysOf(offered(1, '10:45'), ['11:29', '11:30', '12:20'])).toEqual(['phone', 'neighbour late', 'bell late']);
});

test('a late attempt passes over no way: those that are left share the time that is left', () => {
  expect(waysOf(offered(1, '12:00'), ['12:00', '12:19', '12:20', '12:40'])).toEqual([
    ...['phone', 'phone', 'neighbour late', 'bell late'],
  ]);
  expect(turnAt(offered(1, '12:00'), at('12:25'), timeZone).since).toEqual(at('12:20'));
  expect(waysOf(offered(3, '12:59'), ['12:59'])).toEqual(['bell']);
});

test('after an attempt nobody is sent before the next, nor within a quarter of an hour, and never after the alarm', () => {
  expect(offeredAgainAt(check(1), at('10:05'), timeZone)).toEqual(at('10:45'));
  expect(offeredAgainAt(check(1), at('11:00'), timeZone)).toEqual(at('11:15'));
  expect(offeredAgainAt(check(3), at('12:55'), timeZone)).toEqual(at('13:00'));
});

test('a check is held for an hour, half of it in red, and never past its alarm', () => {
  expect(heldUntil('orange', at('13:00'), at('10:00'))).toEqual(at('11:00'));
  expect(heldUntil('red', at('13:00'), at('10:00'))).toEqual(at('10:30'));
  expect(heldUntil('red', at('13:00'), at('12:50'))).toEqual(at('13:00'));
});

test('doors are knocked at between 8:00 and 21:00 on the commune’s clocks', () => {
  expect(['05:59', '06:00', '18:59', '19:00'].map((clock) => isWatchTime(at(clock), timeZone))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(isWatchTime(at('05:00'), 'Indian/Reunion')).toBe(true);
});

test('a telephone call is a reader’s; another neighbour is another than whoever tried, and a reader who did goes only when nobody else could', () => {
  const goers = [true, false].flatMap((hasTried) =>
    [true, false].flatMap((isReader) => [true, false].map((hasOthers) => ({ hasTried, isReader, hasOthers }))),
  );
  const may = (way: Way) => goers.filter((goer) => mayTry(way, goer));
  expect(may('bell')).toEqual(goers);
  expect(may('phone')).toEqual(goers.filter(({ isReader }) => isReader));
  expect(may('neighbour')).toEqual([
    { hasTried: true, isReader: true, hasOthers: false },
    ...goers.filter(({ hasTried }) => !hasTried),
  ]);
});
