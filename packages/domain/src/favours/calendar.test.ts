import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarEvent, calendarOf } from './calendar.ts';

const event = (change: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: '1@palier',
  from: new Date('2026-11-24T09:00:00Z'),
  to: new Date('2026-11-24T10:00:00Z'),
  updatedAt: new Date('2026-11-20T08:00:00Z'),
  summary: 'Vous aidez : courses',
  ...change,
});
/** The file's lines as a reader puts them together again. */
const unfolded = (file: string): string[] => file.replaceAll('\r\n ', '').split('\r\n');
const plain = (text: string): string => text.replaceAll(/\\n/g, '\n').replaceAll(/\\([\\;,])/g, '$1');

test('an event says when in UTC, and whether it still holds', () => {
  const lines = unfolded(calendarOf('Palier', [event({ isCancelled: true }), event({ uid: '2@palier' })]));
  expect(lines).toContain('DTSTART:20261124T090000Z');
  expect(lines).toContain('DTEND:20261124T100000Z');
  expect(lines.filter((line) => line.startsWith('STATUS:'))).toEqual(['STATUS:CANCELLED', 'STATUS:CONFIRMED']);
  expect(lines.some((line) => line.includes('VALARM'))).toBe(false);
  expect(unfolded(calendarOf('Palier', [event({ alarmMinutes: 60 })]))).toContain('TRIGGER:-PT60M');
});

test('whatever is written, no line is over 75 octets, none is added, and the words come back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (typed) => {
      const summary = typed.replaceAll(/\p{Cc}/gu, '');
      const file = calendarOf('Palier', [event({ summary })]);
      for (const line of file.split('\r\n'))
        expect(encodeURIComponent(line).replaceAll(/%../g, '-').length).toBeLessThanOrEqual(75);
      const lines = unfolded(file);
      expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
      const said = lines.find((line) => line.startsWith('SUMMARY:'))?.slice('SUMMARY:'.length) ?? '';
      expect(plain(said.replaceAll('\\\\', '\u0000')).replaceAll('\u0000', '\\')).toBe(summary);
    }),
  );
});

test('a line break in a text does not begin a line of the file', () => {
  const lines = unfolded(calendarOf('Palier', [event({ summary: 'a\r\nATTENDEE:x\nb' })]));
  expect(lines.some((line) => line.startsWith('ATTENDEE'))).toBe(false);
});
