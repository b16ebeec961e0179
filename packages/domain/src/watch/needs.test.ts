import { expect, test } from 'vitest';
import { canOpenNeed, needWithinMs, titleLocale } from './needs.ts';

const at = new Date('2026-07-06T07:00:00Z');
const later = (ms: number) => new Date(at.getTime() + ms);
const visit = { outcome: 'needs-something', answeredAt: at, askedAt: null } as const;

test('a request is opened from a visit in the last 24 h, once, and only when something was needed', () => {
  expect(canOpenNeed(visit, later(needWithinMs))).toEqual({ ok: true });
  expect(canOpenNeed(visit, later(needWithinMs + 1))).toEqual({ ok: false, code: 'resource.absent' });
  expect(canOpenNeed({ ...visit, askedAt: at }, later(1))).toEqual({ ok: false, code: 'check.answered' });
  for (const outcome of ['reached', 'no-answer', 'emergency-called', null] as const)
    expect(canOpenNeed({ ...visit, outcome }, later(1))).toEqual({ ok: false, code: 'resource.absent' });
});

test('a request is titled in the person’s language where the product speaks it, else in French', () => {
  expect((['fr', 'en', 'pt'] as const).map(titleLocale)).toEqual(['fr', 'en', 'fr']);
});
