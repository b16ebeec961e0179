import { expect, test } from 'vitest';
import { boardWhen } from './board-words.ts';

const window = { from: '2026-11-26T08:00:00.000Z', to: '2026-11-26T11:30:00.000Z' };

test('the board writes days and hours as its readers do, on the residence’s own clock', () => {
  const said = (timeZone: string, locale: 'fr' | 'en') => boardWhen({ kind: 'request', window }, timeZone, locale);
  expect(said('Europe/Paris', 'fr').replaceAll('\u00a0', ' ')).toBe('jeudi 26 novembre, de 9 h à 12 h 30');
  expect(said('Europe/Paris', 'en')).toMatch(/Thursday,? 26 November.*09:00.*12:30/);
  expect(said('Pacific/Noumea', 'fr').replaceAll('\u00a0', ' ')).toContain('19 h à 22 h 30');
  expect(boardWhen({ kind: 'offer', window: null }, 'Europe/Paris', 'fr')).toMatch(/sans date|quand/i);
});
