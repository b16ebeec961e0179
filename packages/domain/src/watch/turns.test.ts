import { expect, test } from 'vitest';
import { heldUntil, isWatchTime, offeredAgainAt, wayAt } from './turns.ts';

const timeZone = 'Europe/Paris';
const at = (clock: string) => new Date(`2026-07-08T${clock}:00Z`);
/** Due at noon in red: attempts at 12:00, 12:45, 13:30 and 14:15, escalated at 15:00, on clocks two hours ahead. */
const check = (attempts: number) => ({ dueAt: at('10:00'), escalatesAt: at('13:00'), attempts });

test('the bell, the telephone, another neighbour, the bell: as attempts are made', () => {
  expect([0, 1, 2, 3].map((n) => wayAt(check(n), at('10:01'), timeZone))).toEqual([
    'bell',
    'phone',
    'neighbour',
    'bell',
  ]);
});

test('a telephone that nobody took up gives way to the next when its time has come', () => {
  expect([at('11:29'), at('11:30'), at('12:20')].map((now) => wayAt(check(1), now, timeZone))).toEqual([
    'phone',
    'neighbour',
    'bell',
  ]);
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
