import { describe, expect, test } from 'vitest';
import { exactTime, peopleHour, peopleTime, peopleWindow } from './people-time.ts';

const paris = 'Europe/Paris';
const now = new Date('2026-11-18T09:00:00Z'); // a Wednesday, 10 h in Paris
const at = (local: string) => new Date(`${local}:00+01:00`);

describe('peopleTime', () => {
  test.each([
    ['2026-11-18T10:00', 'à l’instant', 'just now'],
    ['2026-11-18T09:55', 'il y a 5 minutes', '5 minutes ago'],
    ['2026-11-18T09:59', 'il y a 1 minute', '1 minute ago'],
    ['2026-11-18T10:20', 'dans 20 minutes', 'in 20 minutes'],
    ['2026-11-18T07:00', 'il y a 3 heures', '3 hours ago'],
    ['2026-11-18T15:00', 'cet après-midi', 'this afternoon'],
    ['2026-11-18T20:00', 'ce soir', 'this evening'],
    ['2026-11-19T09:00', 'demain matin', 'tomorrow morning'],
    ['2026-11-17T19:00', 'hier soir', 'yesterday evening'],
    ['2026-11-21T14:00', 'samedi après-midi', 'Saturday afternoon'],
    ['2026-11-15T14:00', 'dimanche dernier', 'last Sunday'],
    ['2026-12-03T14:00', 'le 3 décembre', 'on 3 December'],
    ['2027-03-03T14:00', 'le 3 mars 2027', 'on 3 March 2027'],
  ])('%s', (local, fr, en) => {
    const plain = (text: string) => text.replace(/\u00A0/g, ' ');
    expect(plain(peopleTime(at(local), now, 'fr', paris))).toBe(fr);
    expect(plain(peopleTime(at(local), now, 'en', paris))).toBe(en);
  });

  test('follows the commune’s own clock', () => {
    const instant = new Date('2026-11-19T02:00:00Z');
    expect(peopleTime(instant, now, 'fr', paris)).toBe('demain, dans la nuit');
    expect(peopleTime(instant, now, 'fr', 'America/Guadeloupe')).toBe('ce soir');
  });

  test('says tomorrow across the change of hour', () => {
    const eve = new Date('2026-10-24T20:00:00Z'); // 22 h, the clocks go back in the night
    expect(peopleTime(new Date('2026-10-25T09:00:00Z'), eve, 'fr', paris)).toBe('demain matin');
  });

  test('always says something, in both languages', () => {
    for (let hours = -20_000; hours <= 20_000; hours += 7) {
      const instant = new Date(now.getTime() + hours * 3_600_000);
      for (const locale of ['fr', 'en'] as const)
        expect(peopleTime(instant, now, locale, paris)).toMatch(/^(?!.*(undefined|NaN|time_)).{4,}$/);
    }
  });
});

describe('peopleHour', () => {
  test.each([
    ['2026-11-18T20:00', '20 h', '8 pm'],
    ['2026-11-18T09:30', '9 h 30', '9.30 am'],
    ['2026-11-18T00:05', '0 h 05', '12.05 am'],
    ['2026-11-18T12:00', '12 h', '12 pm'],
  ])('%s', (local, fr, en) => {
    expect(peopleHour(at(local), 'fr', paris)).toBe(fr.replaceAll(' ', '\u00A0'));
    expect(peopleHour(at(local), 'en', paris)).toBe(en.replaceAll(' ', '\u00A0'));
  });
});

describe('peopleWindow', () => {
  const said = (from: string, to: string) =>
    peopleWindow({ from: at(from), to: at(to) }, now, 'fr', paris).replaceAll('\u00A0', ' ');
  test('has begun and ends today', () => {
    expect(said('2026-11-18T08:00', '2026-11-18T20:00')).toBe('ce soir avant 20 h');
  });
  test('has begun and ends later', () => {
    expect(said('2026-11-18T08:00', '2026-11-21T20:00')).toBe('jusqu’à samedi soir');
    expect(said('2026-11-18T08:00', '2026-11-29T20:00')).toBe('jusqu’au 29 novembre');
    expect(said('2026-11-29T08:00', '2026-12-03T20:00')).toBe('du 29 novembre au 3 décembre');
  });
  test('lies within one day to come', () => {
    expect(said('2026-11-19T14:00', '2026-11-19T18:00')).toBe('demain après-midi entre 14 h et 18 h');
  });
  test('spans days to come', () => {
    expect(said('2026-11-19T09:00', '2026-11-21T20:00')).toBe('de demain matin à samedi soir');
  });
});

test('exactTime gives the whole date and hour', () => {
  expect(exactTime(at('2026-03-03T18:30'), 'fr', paris)).toMatch(/^mardi 3 mars 2026.*18:30$/);
  expect(exactTime(at('2026-03-03T18:30'), 'en', paris)).toMatch(/Tuesday.*3 March 2026.*18:30$/);
});
