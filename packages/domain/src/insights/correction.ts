import { widthMin } from './cells.ts';
import type { Figure } from './figures.ts';
import type { IndicatorId } from './indicators.ts';
import type { Release, ReleasedIndicator } from './schemas.ts';

/** Indicators that hang together: a part of one group told anew beside another told before would let one be subtracted from the other. */
const groups: readonly (readonly IndicatorId[])[] = [
  ['neighbours', 'active', 'offline'],
  ['newcomers'],
  ['requests', 'answered', 'first-yes', 'unanswered'],
  ['offers'],
  ['favours', 'hours'],
];
/** What is nobody's own may be corrected to the unit. */
const impersonal: ReadonlySet<IndicatorId> = new Set(['campaigns', 'downloads', 'residences']);

type Named = readonly (readonly [string, Figure])[];

const figuresOf = ({ id, figure, categories, quarters }: ReleasedIndicator): Named => [
  [id, figure],
  ...categories.map((one) => [`${id} ${one.category}`, one.figure] as const),
  ...quarters.map((one) => [`${id} ${one.quarter}`, one.figure] as const),
];
const figuresIn = (release: Release, ids: readonly IndicatorId[]): Named =>
  release.indicators.filter(({ id }) => ids.includes(id)).flatMap(figuresOf);

/** Whether a figure may be told again: hidden as it was, or as it was told, or moved so far that the difference is nobody's. */
const mayMove = (before: Figure | undefined, after: Figure): boolean => {
  if (!before || before.suppressed !== after.suppressed) return false;
  if (before.value === null || after.value === null) return true;
  const isCount = after.unit === 'people' || after.unit === 'posts' || after.unit === 'favours';
  const apart = Math.abs(after.value - before.value);
  return !isCount || apart === 0 || apart >= widthMin;
};

const mayTellAgain = (before: Release, again: Release, ids: readonly IndicatorId[]): boolean => {
  const [told, anew] = [new Map(figuresIn(before, ids)), figuresIn(again, ids)];
  return told.size === anew.length && anew.every(([name, figure]) => mayMove(told.get(name), figure));
};

/**
 * The correction of a release: the next number, with what may be told anew from `again`, the same period built from the rows of today; the rest as it was told.
 * A group of indicators moves whole or not at all: where nothing hidden would show, nothing shown would hide, and no count moves by fewer than ten; so that no number subtracted from another tells of a few people.
 * Null when nothing of it would change.
 */
export const correctionOf = (before: Release, again: Release): Release | null => {
  const moving = new Set(groups.filter((ids) => mayTellAgain(before, again, ids)).flat());
  const told = new Map(before.indicators.map((one) => [one.id, one]));
  const corrected: Release = {
    ...before,
    number: before.number + 1,
    indicators: again.indicators.flatMap((one) => {
      if (impersonal.has(one.id) || moving.has(one.id)) return [one];
      return told.get(one.id) ?? [];
    }),
  };
  const isSame = JSON.stringify(corrected.indicators) === JSON.stringify(before.indicators);
  return isSame ? null : corrected;
};

/** Cells that one number of a release hides and another tells, as `2026-10 requests pets`: there are none between releases and their corrections. */
export const reopenedCells = (releases: readonly Release[]): readonly string[] => {
  const seen = new Map<string, Set<boolean>>();
  for (const release of releases)
    for (const [name, { suppressed }] of release.indicators.flatMap(figuresOf)) {
      const cell = `${release.period} ${name}`;
      seen.set(cell, (seen.get(cell) ?? new Set()).add(suppressed));
    }
  return [...seen].flatMap(([cell, said]) => (said.size > 1 ? [cell] : []));
};

/** The releases of a commune as they were first told, and as they stand after their corrections: the two that an attacker may hold at once. */
export const tellingsOf = (releases: readonly Release[]): { first: readonly Release[]; last: readonly Release[] } => {
  const byPeriod = Map.groupBy(releases, ({ period }) => period);
  const pick = (wins: (one: Release, best: Release) => boolean): Release[] =>
    [...byPeriod.values()].flatMap((numbers) =>
      numbers.slice(0, 1).map((start) => numbers.reduce((best, one) => (wins(one, best) ? one : best), start)),
    );
  return {
    first: pick((one, best) => one.number < best.number),
    last: pick((one, best) => one.number > best.number),
  };
};
