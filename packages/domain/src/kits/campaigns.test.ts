import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canOpenCampaign, stageOf } from './campaigns.ts';

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const today = '2026-07-01';

test('a campaign begins today or within 60 days, and lasts 120 days at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: -30, max: 90 }), fc.integer({ min: -5, max: 150 }), (ahead, length) => {
      const firstDay = dayAfter(today, ahead);
      const { ok } = canOpenCampaign({ firstDay, lastDay: dayAfter(firstDay, length - 1) }, today);
      expect(ok).toBe(ahead >= 0 && ahead <= 60 && length >= 1 && length <= 120);
    }),
  );
});

test('it is coming, then runs to the end of its last day, then is over; closed, it is over at once', () => {
  const campaign = { firstDay: '2026-07-03', lastDay: '2026-07-05', closedAt: null };
  const days = ['2026-07-02', '2026-07-03', '2026-07-05', '2026-07-06'];
  expect(days.map((day) => stageOf(campaign, day))).toEqual(['coming', 'running', 'running', 'over']);
  expect(days.map((day) => stageOf({ ...campaign, closedAt: new Date(0) }, day))).toEqual(Array(4).fill('over'));
});
