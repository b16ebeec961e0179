import { attemptsMax, checkTransitions, coveragePercent, isWatchTime, readersMin } from '@palier/domain/watch';
import { describe, expect, test } from 'vitest';
import { demoResidents, demoWatched, watchReaders, watchVolunteers } from '../content/index.ts';
import { type PlannedPerson, planPeople } from './plan-people.ts';
import { planPlaces } from './plan-places.ts';
import { planWatch } from './plan-watch.ts';
import { openChance } from './seeded.ts';

/** The watch of a first start, without the rest of the demo. */
const planAt = (startAt: Date) => {
  const planning = { startAt, passwordHash: 'hash', cellOf: () => 'cell', chance: openChance(7) };
  const places = planPlaces(planning);
  const { accounts, people } = planPeople(planning, places);
  const who = (number: number) => people.get(number) ?? ([...people.values()][0] as PlannedPerson);
  return planWatch(planning, who, { territoryId: 'territory', accounts });
};
/** Every other hour of two days, odd ones and even ones, across both changes of the clocks, a leap day and a year's end. */
const starts = ['2026-03-28T10:00:00Z', '2026-10-24T10:00:00Z', '2028-02-28T12:00:00Z', '2026-12-31T01:00:00Z'].flatMap(
  (from) => Array.from({ length: 24 }, (_, n) => new Date(Date.parse(from) + n * 7_200_000 + 7_000)),
);

describe('the watch of the demo', () => {
  test('is of people of Gex, neither of the first twenty nor of gex-2, who neither read nor ring for it', () => {
    const numbers = demoWatched.map(({ number }) => number);
    const helpers = [...watchReaders, ...watchVolunteers.accepted, ...watchVolunteers.waiting];
    expect([new Set(numbers).size, numbers.filter((n) => n <= 20 || helpers.some((one) => one === n))]).toEqual([
      14,
      [],
    ]);
    const homes = [...numbers, ...helpers].map((n) => demoResidents[n - 1]?.residence);
    expect(new Set(homes)).toEqual(new Set(['gex-1', 'gex-3', 'gex-5']));
    for (const { contacts } of demoWatched) expect(contacts.length).toBeLessThanOrEqual(2);
  });

  test('has, whenever it starts, thirteen doors of the last day, eleven covered and two that wait and ring for nobody yet', {
    timeout: 30_000,
  }, () => {
    for (const startAt of starts) {
      const { watchChecks, watchEscalations } = planAt(startAt);
      const dayHours =
        startAt > new Date('2026-10-25T01:00:00Z') && startAt < new Date('2026-10-26T01:00:00Z') ? 25 : 24;
      const recent = watchChecks.filter(({ dueAt }) => startAt.getTime() - dueAt.getTime() < dayHours * 3_600_000);
      const open = watchChecks.filter(({ endedAt }) => endedAt === null);
      const covered = recent.length - open.length;
      expect([startAt, recent.length, open.length]).toEqual([startAt, 13, 2]);
      expect(coveragePercent({ people: 13, due: recent.length, covered })).toBe(85);
      for (const { state, escalatesAt, attempts } of open) {
        expect(checkTransitions[state]).toContain('escalated');
        expect(escalatesAt.getTime() - startAt.getTime()).toBeGreaterThan(5 * 3_600_000);
        expect(attempts).toBeLessThan(attemptsMax);
      }
      expect(watchEscalations).toHaveLength(1);
    }
  });

  test('was visited by day, and nothing of it is still to come', { timeout: 30_000 }, () => {
    for (const startAt of starts.filter((_, n) => n % 7 === 0)) {
      const { watchAttempts, watchReadings, watchEscalations, watchSteps, watchPeople } = planAt(startAt);
      const moments = [
        ...watchAttempts.flatMap(({ claimedAt, answeredAt }) => [claimedAt, answeredAt]),
        ...watchReadings.map(({ at }) => at),
        ...watchSteps.map(({ at }) => at),
        ...watchEscalations.map(({ endedAt }) => endedAt),
        ...watchPeople.map(({ joinedAt }) => joinedAt),
      ];
      expect(moments.filter((at) => at > startAt)).toEqual([]);
      for (const { claimedAt, answeredAt } of watchAttempts) {
        expect([isWatchTime(claimedAt, 'Europe/Paris'), answeredAt >= claimedAt]).toEqual([true, true]);
      }
      expect(
        new Set(Object.values(planAt(startAt)).flatMap((rows) => rows.map((row) => ('id' in row ? row.id : row)))).size,
      ).toBe(Object.values(planAt(startAt)).flat().length);
    }
  });

  test('is read by whoever may: two readers each but for whoever joined yesterday, announced two days before they read', () => {
    const startAt = new Date('2026-11-22T09:00:00Z');
    const { watchPeople, watchReaders: readers, watchReadings, watchContacts } = planAt(startAt);
    const lacking = watchPeople.filter(
      ({ id }) => readers.filter(({ personId }) => personId === id).length < readersMin,
    );
    expect(lacking.map(({ name }) => name)).toEqual(['Gaston Ravier']);
    for (const { announcedAt, effectiveAt, endsAt } of readers) {
      expect(effectiveAt.getTime() - announcedAt.getTime()).toBe(48 * 3_600_000);
      expect(endsAt > startAt).toBe(true);
    }
    for (const { personId, accountId, at, readAs } of watchReadings.filter(({ readAs: as }) => as === 'reader')) {
      const naming = readers.find((one) => one.personId === personId && one.accountId === accountId);
      expect([readAs, (naming?.effectiveAt ?? startAt) <= at]).toEqual(['reader', true]);
    }
    // Numbers that ARCEP keeps for fiction.
    for (const { phone } of [...watchPeople, ...watchContacts])
      expect(phone).toMatch(/^0(?:4 65 71|6 39 98) \d\d \d\d$/);
  });
});
