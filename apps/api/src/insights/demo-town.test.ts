import { createHash } from 'node:crypto';
import { planDemo } from '@palier/demo';
import {
  buildRelease,
  closedPeriods,
  dayAt,
  type Facts,
  monthOf,
  quarterFinder,
  quartersOf,
  Release,
} from '@palier/domain/insights';
import { Cell, cellCentre, cellResolution, homeCell, publicCell } from '@palier/domain/places';
import { communeOutline, findCommune } from '@palier/places-data';
import { expect, test } from 'vitest';

const commune = '01173';
const timeZone = 'Europe/Paris';
const gex = findCommune(commune);
const quarters = quartersOf(communeOutline(commune) as never, gex?.population ?? null);
const find = quarterFinder(quarters);

/** What happened in Gex before a first start, with the cells that a deployment's own secret would draw. */
const factsAt = (startAt: Date, secret: string): Facts => {
  const density = { population: gex?.population ?? null, surfaceKm2: gex?.surfaceAtMostKm2 ?? null };
  const plan = planDemo({
    ...{ startAt, passwordHash: 'x' },
    cellOf: ({ id, homes, lat, lon }) =>
      publicCell(
        homeCell({ lat, lon }, cellResolution({ homes, ...density })),
        createHash('sha256').update(secret).update(id).digest(),
      ),
  });
  const quarterOf = (cell: string) => find(cellCentre(Cell.parse(cell)));
  const homes = new Map(plan.residences.map((one) => [one.id, one]));
  const posts = new Map(plan.posts.filter((one) => one.commune === commune).map((one) => [one.id, one]));
  const favours = plan.favours.filter((one) => posts.has(one.postId));
  const yes = new Map(favours.map(({ postId, createdAt }) => [postId, createdAt.getTime()]));
  return {
    people: plan.residents.flatMap(({ id, residenceId, joinedAt }) => {
      const home = homes.get(residenceId);
      if (home?.commune !== commune) return [];
      return [{ id, quarter: quarterOf(home.cell), isOffline: false, joinedAt: joinedAt.getTime(), leftAt: null }];
    }),
    posts: [...posts.values()].map(({ id, kind, category, authorId, cell, createdAt }) => ({
      ...{ kind, category, author: authorId, quarter: quarterOf(cell), isCounted: true },
      ...{ at: createdAt.getTime(), firstYesAt: yes.get(id) ?? null },
    })),
    favours: favours.map(({ postId, helperId, beneficiaryId, state, minutes, createdAt, updatedAt }) => ({
      ...{ helper: helperId, beneficiary: beneficiaryId, quarter: quarterOf(posts.get(postId)?.cell ?? '') },
      ...{ acceptedAt: createdAt.getTime(), doneAt: state === 'done' ? updatedAt.getTime() : null },
      ...{ minutes: minutes ?? 0, isHere: true },
    })),
  };
};

test.each(['2026-11-22T09:00:00Z', '2027-01-05T09:00:00Z', '2027-03-10T09:00:00Z', '2027-08-05T09:00:00Z'])(
  'a demo first started on %s has a month that says something of categories, quarters and answers, and hides some',
  (at) => {
    const startAt = new Date(at);
    const facts = factsAt(startAt, at);
    const today = dayAt(startAt, timeZone);
    const last = monthOf(monthOf(today).firstDay - 1);
    const built = new Map<string, Release>();
    for (const period of closedPeriods(last.firstDay, today))
      built.set(
        period.id,
        buildRelease({
          ...{ commune, timeZone, period, number: 1, facts, quarters, residences: 5, downloads: 0, campaigns: 0 },
          ...{ watch: null, earlier: (id: string) => built.get(id) },
        }),
      );
    const told = (id: string) => Release.parse(built.get(last.id)).indicators.find((one) => one.id === id);
    const shownOf = (parts: readonly { figure: { value: number | null } }[] = []) =>
      parts.filter(({ figure }) => figure.value !== null).length;
    expect([told('answered')?.figure.suppressed, told('first-yes')?.figure.suppressed]).toEqual([false, false]);
    expect(shownOf(told('requests')?.categories)).toBeGreaterThan(1);
    expect(shownOf(told('requests')?.categories)).toBeLessThan(told('requests')?.categories.length ?? 0);
    expect([shownOf(told('active')?.quarters), shownOf(told('requests')?.quarters)]).toEqual([1, 1]);
  },
);
