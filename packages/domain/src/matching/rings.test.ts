import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../places/disclose.ts';
import { cellAt, post, viewer } from '../places/fixtures/posts.ts';
import { wallClockOf } from '../places/index.ts';
import {
  asksPerDay,
  canWiden,
  inactiveMs,
  isQuiet,
  mayTell,
  nextTellableAt,
  ringOf,
  ringsOfAudience,
  shownCount,
  wallDay,
} from './rings.ts';

const zones = fc.constantFrom(
  'Europe/Paris',
  'Indian/Reunion',
  'America/Guadeloupe',
  'Pacific/Noumea',
  'America/Miquelon',
  'Pacific/Wallis',
);

describe('rings', () => {
  it('go from the stair outwards, by relation inside a residence and by cells outside', () => {
    const at = (more: Partial<Viewer>) => ringOf(post(), viewer(more));
    expect(at({})).toBe('stair');
    expect(at({ stairId: 's2' })).toBe('residence');
    expect(at({ residenceId: 'r2' })).toBe('near-300');
    expect(at({ residenceId: 'r2', cell: cellAt(46.339, 6.058) })).toBe('near-1000');
    expect(at({ residenceId: 'r2', cell: cellAt(46.347, 6.058) })).toBe('near-2000');
    const exactlyOneKm = { residenceId: 'r2', cell: '8a1f91a21717fff' };
    expect(ringOf(post({ cell: '8a1f91a21137fff' }), viewer(exactlyOneKm))).toBe('near-1000');
    expect(at({ residenceId: 'r2', cell: cellAt(46.38, 6.058) })).toBe('commune');
    expect(at({ residenceId: 'r2', cell: cellAt(46.38, 6.058), commune: '01143' })).toBeNull();
  });

  it('never holds an author, nor anyone whom the audience does not', () => {
    expect(ringOf(post(), viewer({ residentId: 'author' }))).toBeNull();
    expect(ringOf(post({ audience: 'residence' }), viewer({ residenceId: 'r2' }))).toBeNull();
    expect(ringOf(post({ audience: 'stair' }), viewer({ stairId: 's2' }))).toBeNull();
    expect(ringsOfAudience('residence')).toEqual(['stair', 'residence']);
  });

  it('can be widened while open and until the last ring of the audience', () => {
    expect(canWiden(post({ audience: 'residence' }), 'stair')).toEqual({ ok: true });
    expect(canWiden(post({ audience: 'residence' }), 'residence')).toMatchObject({ code: 'post.widest' });
    expect(canWiden(post({ audience: 'stair' }), null)).toEqual({ ok: true });
    expect(canWiden(post({ audience: 'stair' }), 'stair')).toMatchObject({ code: 'post.widest' });
    expect(canWiden(post({ state: 'filled' }), null)).toMatchObject({ code: 'post.closed' });
  });
});

describe('quiet hours', () => {
  it('wait for 8 o’clock on the wall of the commune’s own zone, on the nights when clocks change too', () => {
    const paris = (at: string) => nextTellableAt(new Date(at), 'Europe/Paris').toISOString();
    expect(paris('2026-11-22T20:59:59Z')).toBe('2026-11-22T20:59:59.000Z');
    expect(paris('2026-11-22T21:00:00Z')).toBe('2026-11-23T07:00:00.000Z');
    expect(paris('2026-10-24T22:30:00Z')).toBe('2026-10-25T07:00:00.000Z');
    expect(paris('2026-10-25T00:30:00Z')).toBe('2026-10-25T07:00:00.000Z');
    expect(paris('2026-03-28T23:30:00Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(nextTellableAt(new Date('2026-11-22T10:00:00Z'), 'Pacific/Noumea').toISOString()).toBe(
      '2026-11-22T10:00:00.000Z',
    );
    expect(nextTellableAt(new Date('2026-11-22T12:00:00Z'), 'Pacific/Noumea').toISOString()).toBe(
      '2026-11-22T21:00:00.000Z',
    );
  });

  it('always end by day, at most ten hours and a changed clock later, at 8:00 when they waited', () => {
    const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }).map((ms) => new Date(ms));
    fc.assert(
      fc.property(instant, zones, (at, zone) => {
        const next = nextTellableAt(at, zone);
        const waitedMs = next.getTime() - at.getTime();
        expect(isQuiet(next, zone)).toBe(false);
        expect(waitedMs).toBeGreaterThanOrEqual(0);
        expect(waitedMs).toBeLessThanOrEqual(11 * 3_600_000);
        if (waitedMs > 0) expect(wallClockOf(next, zone)).toMatchObject({ hour: 8, minute: 0, second: 0 });
      }),
    );
  });
});

describe('who may be told', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  const person = { lastSeenAt: now, toldToday: 0, asksPerDay: asksPerDay.usual, wantsUrgentAtNight: false };
  it('not the inactive, not beyond their number, not at night but those who opted in for urgent posts', () => {
    expect(mayTell(person, { isUrgent: false }, now, 'Europe/Paris')).toBeNull();
    expect(
      mayTell(
        { ...person, lastSeenAt: new Date(now.getTime() - inactiveMs - 1) },
        { isUrgent: true },
        now,
        'Europe/Paris',
      ),
    ).toBe('inactive');
    const ninetyDaysAgo = { ...person, lastSeenAt: new Date('2026-08-24T10:00:00Z') };
    expect(mayTell(ninetyDaysAgo, { isUrgent: false }, now, 'Europe/Paris')).toBeNull();
    expect(mayTell({ ...person, toldToday: 3 }, { isUrgent: true }, now, 'Europe/Paris')).toBe('enough-today');
    const night = new Date('2026-11-22T23:00:00Z');
    const seen = { ...person, lastSeenAt: night };
    expect(mayTell(seen, { isUrgent: true }, night, 'Europe/Paris')).toBe('night');
    expect(mayTell({ ...seen, wantsUrgentAtNight: true }, { isUrgent: true }, night, 'Europe/Paris')).toBeNull();
    expect(mayTell({ ...seen, wantsUrgentAtNight: true }, { isUrgent: false }, night, 'Europe/Paris')).toBe('night');
  });
  it('counts days on the wall, and never shows a count under three', () => {
    expect(wallDay(new Date('2026-11-22T23:30:00Z'), 'Europe/Paris')).toBe('2026-11-23');
    expect(wallDay(new Date('2026-11-22T23:30:00Z'), 'America/Guadeloupe')).toBe('2026-11-22');
    expect(wallDay(new Date('2027-01-05T12:00:00Z'), 'Europe/Paris')).toBe('2027-01-05');
    expect([0, 1, 2, 3, 12].map(shownCount)).toEqual([null, null, null, 3, 12]);
  });
});
