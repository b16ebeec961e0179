import { Category } from '../posts/index.ts';
import { isPublishable, type Tally } from './cells.ts';
import type { Facts } from './facts.ts';
import { type Figure, hidden, roundPeople, roundShare, shown } from './figures.ts';
import { type IndicatorId, indicatorIds, indicators } from './indicators.ts';
import { dayInDigits, monthOf, type Period, spanOf, weekOf } from './period.ts';
import type { Quarter, Release, ReleasedIndicator } from './schemas.ts';
import { publishableParts } from './siblings.ts';
import { type Counts, countSpan, type Divided, sumsIn } from './tallies.ts';
import { publishableUnanswered } from './unanswered.ts';
import { mayTellMonth, mayTellWeek, type WeekPart } from './weeks-and-months.ts';

/** What a release is built from: the same gives the same release, byte for byte. `earlier` finds the releases of this commune that ended before it, or with it. */
type Making = {
  readonly commune: string;
  readonly timeZone: string;
  readonly period: Period;
  readonly number: number;
  readonly facts: Facts;
  readonly quarters: readonly Quarter[];
  /** Residences open when the period ended. */
  readonly residences: number;
  /** Papers of kits that were taken for the commune in the period. */
  readonly downloads: number;
  /** Campaigns that ran in the commune in the period. */
  readonly campaigns: number;
  /** The visits of the watch that were due in the period, who they were due to, and how many came to an answer; null when they are no longer known. */
  readonly watch: { readonly due: Tally; readonly covered: number } | null;
  readonly earlier: (period: string) => Release | undefined;
};

/** The sums that weeks and months divide alike: hiding one may give away another. */
const additive = ['newcomers', 'requests', 'offers', 'favours'] as const;
type Additive = (typeof additive)[number];

const tallyIn = (counts: Counts, id: Additive): Tally => (id === 'newcomers' ? counts.newcomers : counts[id].all);
const unitOf = (id: IndicatorId): 'people' | 'events' => (indicators[id].unit === 'people' ? 'people' : 'events');

const isShownIn = (release: Release | undefined, id: IndicatorId): boolean =>
  release?.indicators.some((one) => one.id === id && !one.figure.suppressed) ?? false;

type CountedWeek = { readonly id: string; readonly sums: Readonly<Record<Additive, number>> };

/** The weeks that overlap a month and end by `lastDay`, each with what of it lies in the month. */
const countWeeks = ({ facts, timeZone }: Making, month: Period, lastDay: number): CountedWeek[] => {
  const weeks: CountedWeek[] = [];
  for (let week = weekOf(month.firstDay); week.lastDay <= lastDay; week = weekOf(week.lastDay + 1)) {
    const days = { firstDay: Math.max(week.firstDay, month.firstDay), lastDay: Math.min(week.lastDay, month.lastDay) };
    weeks.push({ id: week.id, sums: sumsIn(facts, spanOf(days, timeZone)) });
  }
  return weeks;
};

/** Which of the sums may be told, seen with the weeks and months that were told before. */
const tellable = (making: Making, counts: Counts): ReadonlySet<IndicatorId> => {
  const { period, earlier } = making;
  const isMonth = period.kind === 'month';
  const possible = additive.filter((id) => isPublishable(tallyIn(counts, id), unitOf(id)));
  if (possible.length === 0) return new Set();
  const weeks = isMonth
    ? countWeeks(making, period, period.lastDay)
    : countWeeks(making, monthOf(period.lastDay), period.firstDay - 1);
  const parts = (id: Additive): WeekPart[] =>
    weeks.map((week) => ({ isShown: isShownIn(earlier(week.id), id), count: week.sums[id] }));
  return new Set(possible.filter((id) => (isMonth ? mayTellMonth(parts(id)) : mayTellWeek(parts(id)))));
};

const figureOf = (id: IndicatorId, tally: Tally, isShown: boolean): Figure => {
  const { unit } = indicators[id];
  if (!isShown) return hidden(unit);
  return shown(unit === 'people' ? roundPeople(tally.count) : tally.count, unit);
};

const alone = (id: IndicatorId, figure: Figure): ReleasedIndicator => ({ id, figure, categories: [], quarters: [] });

const divided = (
  id: IndicatorId,
  counted: Divided,
  isShown: boolean,
  quarters: readonly Quarter[],
): ReleasedIndicator => {
  const none = (parts: readonly Tally[]): readonly boolean[] => parts.map(() => false);
  const shownOf = (parts: readonly Tally[]) => (isShown ? publishableParts(parts, unitOf(id)) : none(parts));
  const categories = indicators[id].byCategory ? shownOf(counted.categories) : [];
  const perQuarter = shownOf(counted.quarters);
  const part = (tally: Tally | undefined, isTold: boolean | undefined): Figure =>
    figureOf(id, tally ?? { count: 0, people: 0, largest: 0 }, isTold === true);
  return {
    id,
    figure: figureOf(id, counted.all, isShown),
    categories: categories.map((isTold, n) => ({
      category: Category.options[n] ?? 'other',
      figure: part(counted.categories[n], isTold),
    })),
    quarters: quarters.map((quarter, n) => ({
      quarter: quarter.id,
      figure: part(counted.quarters[n], perQuarter[n]),
    })),
  };
};

/** What is told of answers: the share answered, the median wait for a first yes, and what stayed without answer, by category; all of it, or nothing. */
const answers = (counts: Counts, requests: ReleasedIndicator): ReleasedIndicator[] => {
  const { answered, unanswered } = counts;
  const isShownAt = requests.categories.map(({ figure }) => !figure.suppressed);
  const categories =
    requests.figure.suppressed || !isPublishable(answered.all, 'events') || !isPublishable(unanswered.all, 'events')
      ? null
      : publishableUnanswered(
          Category.options.map((_, n) => ({
            asked: counts.requests.categories[n] as Tally,
            unanswered: unanswered.categories[n] as Tally,
            answered: answered.categories[n] as Tally,
            isShown: isShownAt[n] === true,
          })),
        );
  const isTold = categories !== null;
  const quarterHours = Math.max(15, 15 * Math.round(counts.firstYesMinutes / 15));
  const share = () => shown(roundShare(answered.all.count, counts.requests.all.count), 'percent');
  return [
    alone('answered', isTold ? share() : hidden('percent')),
    alone('first-yes', isTold ? shown(quarterHours, 'minutes') : hidden('minutes')),
    {
      ...alone('unanswered', figureOf('unanswered', unanswered.all, isTold)),
      categories: Category.options.map((category, n) => ({
        category,
        figure: figureOf('unanswered', unanswered.categories[n] as Tally, categories?.[n] === true),
      })),
    },
  ];
};

const minutesStep = 60;
const hoursOf = (counts: Counts, isShown: boolean): ReleasedIndicator => {
  const { minutes } = counts;
  const isTold = isShown && isPublishable(minutes, 'events');
  const rounded = Math.max(minutesStep, minutesStep * Math.round(minutes.count / minutesStep));
  return alone('hours', isTold ? shown(rounded, 'minutes') : hidden('minutes'));
};

/** The watch's coverage, in fives, where 11 people at least had a visit due (privacy.md, The watch). */
const coverageOf = (watch: Making['watch']): Figure =>
  watch && isPublishable(watch.due, 'events')
    ? shown(roundShare(watch.covered, watch.due.count), 'percent')
    : hidden('percent');

/**
 * Builds the release of a closed week or month (privacy.md, Aggregates): what may be published of each indicator, the rest hidden.
 * A pure function of its arguments; `number` is 1, or more for a correction.
 */
export const buildRelease = (making: Making): Release => {
  const { commune, timeZone, period, number, facts, residences, downloads, campaigns } = making;
  const quarters = period.kind === 'month' ? making.quarters : [];
  const span = spanOf(period, timeZone);
  const counts = countSpan(
    facts,
    span,
    quarters.map(({ id }) => id),
  );
  const told = tellable(making, counts);
  const people = (id: 'neighbours' | 'newcomers', isShown: boolean) => alone(id, figureOf(id, counts[id], isShown));
  const isActiveTold = isPublishable(counts.active.all, 'people');
  const isOfflineTold = isPublishable(counts.offline, 'people') && isPublishable(counts.online, 'people');
  const requests = divided('requests', counts.requests, told.has('requests'), quarters);
  const all: ReleasedIndicator[] = [
    people('neighbours', isPublishable(counts.neighbours, 'people')),
    people('newcomers', told.has('newcomers')),
    divided('active', counts.active, isActiveTold, quarters),
    alone('offline', figureOf('offline', counts.offline, isOfflineTold)),
    requests,
    divided('offers', counts.offers, told.has('offers'), quarters),
    divided('favours', counts.favours, told.has('favours'), quarters),
    ...answers(counts, requests),
    hoursOf(counts, told.has('favours')),
    alone('coverage', coverageOf(making.watch)),
    alone('campaigns', shown(campaigns, 'campaigns')),
    alone('downloads', shown(downloads, 'downloads')),
    alone('residences', shown(residences, 'residences')),
  ];
  const isWeek = period.kind === 'week';
  return {
    format: 1,
    commune,
    period: period.id,
    number,
    from: dayInDigits(period.firstDay),
    to: dayInDigits(period.lastDay),
    timeZone,
    quarters: [...quarters],
    indicators: indicatorIds.flatMap((id) => {
      const found = all.find((one) => one.id === id);
      if (!found || (isWeek && !indicators[id].isWeekly)) return [];
      return isWeek ? { ...found, categories: [], quarters: [] } : found;
    }),
  };
};

/** The bytes of a release, the same for the same release: what is stored, hashed and compared. */
export const releaseText = (release: Release): string => JSON.stringify(release);
