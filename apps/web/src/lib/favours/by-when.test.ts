import { expect, test } from 'vitest';
import { byWhen } from './by-when.ts';

const at = (from: string | null) => ({
  post: { window: from && { from, to: from }, kind: 'request', category: 'errands', title: '', state: 'open' } as never,
});

test('what is promised is grouped by day on the commune’s clocks, the nearest first', () => {
  const now = new Date('2026-11-22T22:30:00Z');
  const list = [
    null,
    '2026-12-24T09:00:00Z',
    '2026-11-23T09:00:00Z',
    '2026-11-22T20:00:00Z',
    '2026-11-26T09:00:00Z',
  ].map(at);
  expect(byWhen(list, now, 'Europe/Paris').map(({ when }) => when)).toEqual([
    'today',
    'tomorrow',
    'week',
    'later',
    'any',
  ]);
  expect(byWhen(list, now, 'Indian/Reunion')[0]?.items).toHaveLength(2);
  expect(byWhen([], now, 'Europe/Paris')).toEqual([]);
});
