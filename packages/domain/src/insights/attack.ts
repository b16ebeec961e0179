import type { Figure } from './figures.ts';
import type { IndicatorId } from './indicators.ts';
import { dayInDigits, monthOf, type Period, periodOf, weekOf } from './period.ts';
import type { Release } from './schemas.ts';

/** What anyone may write down from what is published: a weighted sum of unknowns lies between two bounds, both included. */
export type Equation = { readonly terms: ReadonlyMap<string, number>; readonly from: number; readonly to: number };

/** The unknowns that are hidden cells, by name, and every published equation on them; unknowns are never negative. */
export type Attack = { readonly hiddenCells: readonly string[]; readonly equations: readonly Equation[] };

/** What the board showed of people when a week ended: null when it showed nothing. */
export type BoardSeen = { readonly month: string; readonly week: string; readonly value: number | null };

const additive: readonly IndicatorId[] = ['newcomers', 'requests', 'offers', 'favours'];
const isCount = ({ unit }: Figure): boolean => unit === 'people' || unit === 'posts' || unit === 'favours';
const boardStep = 5;
const boardFrom = 15;

/** The values that a published figure may stand for: itself, or for people all that round to it. */
const meant = ({ value, unit }: Figure): readonly [number, number] => {
  if (value === null) return [0, Number.POSITIVE_INFINITY];
  if (unit !== 'people') return [value, value];
  return [value === 15 ? 11 : value - 2, value + 2];
};

const weeksOver = ({ firstDay, lastDay }: Period): Period[] => {
  const weeks: Period[] = [];
  for (let week = weekOf(firstDay); week.firstDay <= lastDay; week = weekOf(week.lastDay + 1)) weeks.push(week);
  return weeks;
};

/** The equations of an attacker who holds every release of one commune, and what the board showed at the end of each week. */
export const attackOf = (releases: readonly Release[], boards: readonly BoardSeen[] = []): Attack => {
  const equations: Equation[] = [];
  const hiddenCells: string[] = [];
  const say = (terms: readonly (readonly [number, string])[], from: number, to: number): void => {
    const summed = new Map<string, number>();
    for (const [factor, name] of terms) summed.set(name, (summed.get(name) ?? 0) + factor);
    equations.push({ terms: summed, from, to });
  };
  const isSum = (total: string, parts: readonly string[]): void =>
    say([[1, total], ...parts.map((part) => [-1, part] as const)], 0, 0);
  const atMost = (low: string, high: readonly string[]): void =>
    say([[1, low], ...high.map((name) => [-1, name] as const)], Number.NEGATIVE_INFINITY, 0);
  const tell = (name: string, figure: Figure): void => {
    const [from, to] = meant(figure);
    if (figure.suppressed) hiddenCells.push(name);
    else say([[1, name]], from, to);
  };

  const tellAnswers = (release: Release): void => {
    const [asked, yes, no] = [`requests ${release.period}`, `yes ${release.period}`, `unanswered ${release.period}`];
    const find = (id: IndicatorId) => release.indicators.find((one) => one.id === id);
    isSum(asked, [yes, no]);
    const share = find('answered')?.figure.value;
    if (share != null) {
      say(
        [
          [1, yes],
          [-(share - 2.5) / 100, asked],
        ],
        0,
        Number.POSITIVE_INFINITY,
      );
      say(
        [
          [1, yes],
          [-(share + 2.5) / 100, asked],
        ],
        Number.NEGATIVE_INFINITY,
        0,
      );
    }
    const categories = find('unanswered')?.categories ?? [];
    for (const { category, figure } of categories) {
      isSum(`${asked} ${category}`, [`${yes} ${category}`, `${no} ${category}`]);
      if (figure.suppressed) hiddenCells.push(`${yes} ${category}`);
    }
    isSum(
      yes,
      categories.map(({ category }) => `${yes} ${category}`),
    );
  };

  const tellMonth = (release: Release, month: Period): void => {
    tellAnswers(release);
    atMost(`offline ${month.id}`, [`active ${month.id}`]);
    const before = monthOf(month.firstDay - 1).id;
    say(
      [
        [1, `neighbours ${month.id}`],
        [-1, `neighbours ${before}`],
        [-1, `newcomers ${month.id}`],
        [1, `left ${month.id}`],
      ],
      0,
      0,
    );
    atMost(`active ${month.id}`, [`neighbours ${month.id}`, `left ${month.id}`]);
    for (const id of additive)
      isSum(
        `${id} ${month.id}`,
        weeksOver(month).map((week) => `${id} ${week.id} in ${month.id}`),
      );
    const weeks = weeksOver(month);
    atMost(
      `active ${month.id}`,
      weeks.map((week) => `active ${week.id}`),
    );
    for (const week of weeks)
      if (week.firstDay >= month.firstDay && week.lastDay <= month.lastDay)
        atMost(`active ${week.id}`, [`active ${month.id}`]);
  };

  for (const release of releases) {
    const period = periodOf(release.period);
    if (!period) continue;
    for (const { id, figure, categories, quarters } of release.indicators) {
      if (!isCount(figure)) continue;
      const name = `${id} ${release.period}`;
      tell(name, figure);
      for (const one of categories) tell(`${name} ${one.category}`, one.figure);
      for (const one of quarters) tell(`${name} ${one.quarter}`, one.figure);
      if (categories.length > 0)
        isSum(
          name,
          categories.map(({ category }) => `${name} ${category}`),
        );
      if (quarters.length > 0)
        isSum(
          name,
          quarters.map(({ quarter }) => `${name} ${quarter}`),
        );
    }
    if (period.kind === 'month') tellMonth(release, period);
    else {
      const months = [...new Set([period.firstDay, period.lastDay].map((day) => dayInDigits(day).slice(0, 7)))];
      for (const id of additive)
        isSum(
          `${id} ${period.id}`,
          months.map((month) => `${id} ${period.id} in ${month}`),
        );
    }
  }

  for (const { month, week, value } of boards) {
    const [whole, last] = [periodOf(month), periodOf(week)];
    if (!whole || !last) continue;
    const name = `active ${month} until ${week}`;
    say([[1, name]], value ?? 0, (value ?? boardFrom - boardStep) + boardStep - 1);
    atMost(name, [`active ${month}`]);
    const until = weeksOver(whole).filter((one) => one.lastDay <= last.lastDay);
    atMost(
      name,
      until.map((one) => `active ${one.id}`),
    );
    for (const one of until) if (one.firstDay >= whole.firstDay) atMost(`active ${one.id}`, [name]);
  }
  return { hiddenCells, equations };
};
