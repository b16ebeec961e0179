import fc from 'fast-check';
import { expect, test } from 'vitest';
import { homeCell } from '../places/cells.ts';
import { timeZoneOfCommune } from '../places/time-zone.ts';
import { Audience } from '../posts/schemas.ts';
import { isQuiet, type Ring, ringDelayMinutes, rings, ringsOfAudience } from './rings.ts';
import { type Giver, scoreAsk, scoreMatch, type Wanted } from './score.ts';
import { byAsking, isWithinReach, planSteps, shownTold, spaceSteps } from './telling.ts';

const zones = ['01173', '97411', '97120', '97320', '98735', '98818'].map(timeZoneOfCommune);
const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });

test('rings are due one after the other, at least their delay apart, and never at night when calm', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), fc.constantFrom(...Audience.options), (from, zone, audience) => {
      const steps = planSteps({ kind: 'request', audience }, false, from, zone).filter(
        ({ step }) => step !== 'interests',
      );
      expect(steps.map(({ step }) => step)).toEqual(ringsOfAudience(audience));
      for (const [n, { dueAt }] of steps.entries()) {
        expect(isQuiet(dueAt, zone)).toBe(false);
        const before = steps[n - 1];
        if (!before) continue;
        const [ring, last] = [ringsOfAudience(audience)[n] ?? 'stair', ringsOfAudience(audience)[n - 1] ?? 'stair'];
        const leastMs = (ringDelayMinutes.calm[ring] - ringDelayMinutes.calm[last]) * 60_000;
        expect(dueAt.getTime() - before.dueAt.getTime()).toBeGreaterThanOrEqual(leastMs);
      }
    }),
  );
});

test('an urgent post waits for no morning and widens to its last ring within twelve minutes', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (from, zone) => {
      const dues = planSteps({ kind: 'request', audience: 'commune' }, true, from, zone).map(
        ({ dueAt }) => dueAt.getTime() - from.getTime(),
      );
      expect([Math.min(...dues), Math.max(...dues)]).toEqual([0, 12 * 60_000]);
    }),
  );
});

test('a ring told late pushes those after it, each its delay behind the one before and never to a night when calm; one told in time moves none', () => {
  const someTold = fc.constantFrom<Ring>(...rings.slice(0, -1));
  fc.assert(
    fc.property(
      ...([instants, fc.constantFrom(...zones), someTold, fc.boolean(), fc.nat({ max: 3_000 })] as const),
      (from, zone, told, isUrgent, lateMinutes) => {
        const kind = isUrgent ? 'urgent' : 'calm';
        const plan = planSteps({ kind: 'request', audience: 'commune' }, isUrgent, from, zone).flatMap(
          ({ step, dueAt }) => (step === 'interests' ? [] : [{ step, dueAt }]),
        );
        const dueOf = (ring: Ring) => plan.find(({ step }) => step === ring)?.dueAt ?? from;
        const waiting = plan.filter(({ step }) => rings.indexOf(step) > rings.indexOf(told));
        expect(spaceSteps(waiting, told, dueOf(told), isUrgent, zone)).toEqual([]);
        const at = new Date(dueOf(told).getTime() + lateMinutes * 60_000);
        const moved = new Map(spaceSteps(waiting, told, at, isUrgent, zone).map(({ step, dueAt }) => [step, dueAt]));
        let [before, beforeAt] = [told, at];
        for (const { step, dueAt } of waiting) {
          const now = moved.get(step) ?? dueAt;
          const delayMs = (ringDelayMinutes[kind][step] - ringDelayMinutes[kind][before]) * 60_000;
          expect(now.getTime() - beforeAt.getTime()).toBeGreaterThanOrEqual(delayMs);
          expect(now.getTime()).toBeGreaterThanOrEqual(dueAt.getTime());
          if (!isUrgent) expect(isQuiet(now, zone)).toBe(false);
          [before, beforeAt] = [step, now];
        }
      },
    ),
  );
});

test('an offer tells no ring, only whoever saved an interest', () => {
  const from = new Date('2026-11-10T11:00:00Z');
  expect(planSteps({ kind: 'offer', audience: 'commune' }, false, from, 'Europe/Paris')).toEqual([
    { step: 'interests', dueAt: from },
  ]);
});

test('nobody is asked farther than they go; the usual distance covers touching cells where cells are wide', () => {
  const cell = homeCell({ lat: 46.333, lon: 6.058 }, 7);
  const person = { cell, commune: '01173', radiusM: 2000, trust: 'known' } as const;
  const post = { kind: 'request', category: 'errands', cell, commune: '01399' } as const;
  expect(isWithinReach(post, person, 2400)).toBe(true);
  expect(isWithinReach(post, { ...person, radiusM: 1000 }, 2400)).toBe(false);
  expect(isWithinReach(post, { ...person, radiusM: 1000 }, 1000)).toBe(true);
  expect(isWithinReach(post, { ...person, radiusM: 1000 }, 1001)).toBe(false);
  expect(isWithinReach(post, { ...person, radiusM: 250 }, 1)).toBe(true);
  const far = homeCell({ lat: 46.5, lon: 6.058 }, 7);
  expect(isWithinReach({ ...post, cell: far }, person, 18_000)).toBe(false);
});

test('the usual distance reaches one’s own commune, beyond two kilometres too; a shorter one was chosen and holds', () => {
  const at = (lat: number) => homeCell({ lat, lon: 6.058 }, 9);
  const post = { kind: 'request', category: 'errands', cell: at(46.36), commune: '01173' } as const;
  const person = { cell: at(46.333), commune: '01173', radiusM: 2000, trust: 'known' } as const;
  expect(isWithinReach(post, person, 3000)).toBe(true);
  expect(isWithinReach(post, { ...person, radiusM: 1000 }, 3000)).toBe(false);
  expect(isWithinReach(post, { ...person, commune: '01399' }, 3000)).toBe(false);
  expect(isWithinReach(post, { ...person, commune: '01399', radiusM: 5000 }, 3000)).toBe(true);
});

test('a new resident is not asked where trust is needed, unless it is an offer', () => {
  const cell = homeCell({ lat: 46.333, lon: 6.058 }, 9);
  const newcomer = { cell, commune: '01173', radiusM: 2000, trust: 'new' } as const;
  expect(isWithinReach({ kind: 'request', category: 'childcare', cell, commune: '01173' }, newcomer, 1)).toBe(false);
  expect(isWithinReach({ kind: 'request', category: 'errands', cell, commune: '01173' }, newcomer, 1)).toBe(true);
  expect(isWithinReach({ kind: 'offer', category: 'childcare', cell, commune: '01173' }, newcomer, 1)).toBe(true);
});

test('whoever offers it already is asked before whoever could, however well; then the better, then the nearer', () => {
  const offering = { isOffering: true, score: 0.4, metres: 250 };
  const able = { isOffering: false, score: 0.9, metres: 10 };
  const [better, nearer] = [
    { ...offering, score: 0.5 },
    { ...offering, metres: 20 },
  ];
  expect([able, offering, nearer, better].sort(byAsking)).toEqual([better, nearer, offering, able]);
  expect(byAsking(able, { ...able })).toBe(0);
});

test('how many were told never counts a ring that is not done or told fewer than three, and says when one is left out, whether it told none, one or two', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ isDone: fc.boolean(), told: fc.nat({ max: 20 }) }), { maxLength: 7 }), (steps) => {
      const sum = steps.filter(({ isDone, told }) => isDone && told >= 3).reduce((total, { told }) => total + told, 0);
      const leavesOut = steps.some(({ isDone, told }) => isDone && told < 3);
      expect(shownTold(steps)).toEqual({ told: sum === 0 ? null : sum, atLeast: sum > 0 && leavesOut });
      const none = steps.map((step) => ({ ...step, told: step.told < 3 ? 0 : step.told }));
      expect(shownTold(none)).toEqual(shownTold(steps));
    }),
  );
});

test('whoever never said what they can help with comes after whoever said it, and before none; others only in one residence', () => {
  const wanted: Wanted = { category: 'errands', words: new Set(), slots: null, isUrgent: false, language: 'fr' };
  const giver: Giver = {
    categories: [],
    words: null,
    slots: null,
    languages: [],
    ring: 'stair',
    favoursTogether: 0,
    askedLately: 0,
  };
  const score = (change: Partial<Giver>) => scoreAsk(wanted, { ...giver, ...change }).score;
  for (const ring of ['stair', 'residence', 'near-300', 'commune'] as const) {
    expect(score({ ring, categories: ['errands'] })).toBeGreaterThan(score({ ring }));
    expect(score({ ring })).toBeGreaterThan(score({ ring, categories: ['sewing'] }));
    expect(score({ ring, categories: ['sewing'] }) > 0).toBe(ring === 'stair' || ring === 'residence');
    expect(score({ ring, categories: ['errands'] })).toBe(
      scoreMatch(wanted, { ...giver, ring, categories: ['errands'] }).score,
    );
  }
  expect(scoreAsk(wanted, giver).reasons).toEqual(['same-stair']);
});
