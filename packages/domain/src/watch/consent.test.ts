import fc from 'fast-check';
import { expect, test } from 'vitest';
import { announcedForMs, consentLapsesAt, consentRemindedAt, mayRead } from './consent.ts';

const at = (text: string) => new Date(text);

test('consent lapses twelve months later, and the person is reminded thirty days before', () => {
  expect(consentLapsesAt(at('2026-07-08T10:00:00Z'))).toEqual(at('2027-07-08T10:00:00Z'));
  expect(consentLapsesAt(at('2028-02-29T10:00:00Z'))).toEqual(at('2029-02-28T10:00:00Z'));
  expect(consentRemindedAt(at('2026-07-08T10:00:00Z'))).toEqual(at('2027-06-08T10:00:00Z'));
});

test('a reader reads from 48 hours after they were announced until their end, and never once refused', () => {
  const announcedAt = at('2026-07-01T10:00:00Z');
  const reader = { announcedAt, endsAt: at('2026-10-01T00:00:00Z'), refusedAt: null };
  const from = announcedAt.getTime() + announcedForMs;
  expect([mayRead(reader, new Date(from - 1)), mayRead(reader, new Date(from))]).toEqual([false, true]);
  expect([mayRead(reader, at('2026-09-30T23:59:59Z')), mayRead(reader, reader.endsAt)]).toEqual([true, false]);
  fc.assert(
    fc.property(fc.date({ min: announcedAt, max: at('2027-01-01T00:00:00Z'), noInvalidDate: true }), (now) => {
      expect(mayRead({ ...reader, refusedAt: announcedAt }, now)).toBe(false);
    }),
  );
});
