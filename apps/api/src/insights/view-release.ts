import type { Database, Transaction } from '@palier/db';
import type { Locale } from '@palier/domain/accounts';
import {
  dayAt,
  dayInDigits,
  type Figure,
  type Hourly,
  hidden,
  type IndicatorId,
  type IndicatorView,
  type InsightsView,
  indicatorIds,
  monthOf,
  periodOf,
  Release,
  type ReleasedIndicator,
  shown,
  worthOf,
  yearBefore,
} from '@palier/domain/insights';
import { timeZoneOfCommune } from '@palier/domain/places';
import { m } from '@palier/messages';
import { categoryInWords } from '@palier/messages/categories';
import { indicatorInWords } from '@palier/messages/indicators';
import type { SignedInContext } from '../context.ts';
import { reader } from '../mutate.ts';
import { communeName } from '../places/index.ts';
import { communeCoverage } from '../rounds/index.ts';
import { coloursOf } from '../weather/index.ts';
import { listCampaignSpans } from './campaigns.queries.ts';
import {
  countResidences,
  findBoard,
  findReleases,
  listDownloads,
  listNeighbouringCommunes,
  listReleasedOf,
} from './releases.queries.ts';
import { findSettings } from './settings.queries.ts';
import { medianAmong, similarTo } from './similar-communes.ts';

type Reading = Database | Transaction;
type Asked = { insee: string; period: string; now: Date; locale: Locale };

const trendMonths = 12;

/** The release of a commune's period, as it was published; null when there is none. */
export const findRelease = async (db: Reading, insee: string, period: string): Promise<Release | null> => {
  const [row] = await findReleases(db, [insee], [period]);
  return row ? Release.parse(JSON.parse(row.body)) : null;
};

/** The months up to one, oldest first. */
const monthsUpTo = (day: number): string[] => {
  const months: string[] = [];
  for (let month = monthOf(day); months.length < trendMonths; month = monthOf(month.firstDay - 1))
    months.unshift(month.id);
  return months;
};

const trendOf = async (db: Reading, insee: string, day: number): Promise<InsightsView['trend']> => {
  const months = monthsUpTo(day);
  const found = new Map((await findReleases(db, [insee], months)).map(({ period, body }) => [period, body]));
  return months.flatMap((period) => {
    const body = found.get(period);
    if (body === undefined) return [];
    const { indicators } = Release.parse(JSON.parse(body));
    return [{ period, indicators: indicators.map(({ id, figure }) => ({ id, figure })) }];
  });
};

const inWords = (
  one: ReleasedIndicator,
  beside: { upTo?: Figure; yearBefore: Figure | null; similar: Figure | null },
  locale: Locale,
): IndicatorView => ({
  ...{ id: one.id, ...indicatorInWords(one.id, locale), figure: one.figure, upTo: null, ...beside },
  categories: one.categories.map(({ category, figure }) => ({
    ...{ category, label: categoryInWords(category, locale), figure },
  })),
  quarters: one.quarters.map(({ quarter, figure }, n) => ({
    ...{ quarter, label: m.insights_quarter({ number: n + 1 }, { locale }), figure },
  })),
});

const commonOf = async (db: Reading, insee: string, now: Date) => {
  const { hourly, publicSince } = await findSettings(db, insee);
  return {
    ...{ commune: insee, name: communeName(insee), hourly, isPublic: publicSince !== null },
    released: await listReleasedOf(db, insee),
    weather: await coloursOf(db, insee, now),
  };
};

/** The euros beside the hours, once the officer set what an hour is reckoned at; of a published figure alone. */
const withWorth = (views: readonly IndicatorView[], hourly: Hourly | null, locale: Locale): IndicatorView[] =>
  views.flatMap((one) => {
    if (one.id !== 'hours' || !hourly) return [one];
    const { from, upTo } = worthOf(one.figure, hourly.cents);
    const amount = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'fr-FR', { style: 'currency', currency: 'EUR' });
    const worth = inWords(
      { id: 'worth', figure: from, categories: [], quarters: [] },
      { upTo, yearBefore: null, similar: null },
      locale,
    );
    const source = m.insights_worth_set(
      { amount: amount.format(hourly.cents / 100), source: hourly.source },
      { locale },
    );
    return [one, { ...worth, source }];
  });

const countTaken = async (db: Reading, insee: string, since: string): Promise<number> =>
  (await listDownloads(db, [insee], since)).reduce((sum, { count }) => sum + count, 0);

const countCampaigns = async (db: Reading, insee: string, today: string): Promise<number> =>
  (await listCampaignSpans(db, [insee], today)).filter(({ firstDay, lastDay }) => firstDay <= today && lastDay >= today)
    .length;

/** The month's board (privacy.md, The board): the value kept at the last hour, never counted for a reader; and what is not personal. */
const viewBoard = async (db: Reading, { insee, now, locale }: Asked, covered: number | null): Promise<InsightsView> => {
  const month = monthOf(dayAt(now, timeZoneOfCommune(insee)));
  const today = dayInDigits(dayAt(now, timeZoneOfCommune(insee)));
  const board = await findBoard(db, insee, month.id);
  const alone = (id: IndicatorId, figure: Figure) =>
    inWords({ id, figure, categories: [], quarters: [] }, { yearBefore: null, similar: null }, locale);
  const people = board?.people ?? null;
  return {
    ...(await commonOf(db, insee, now)),
    ...{ period: 'now', release: null, from: dayInDigits(month.firstDay) },
    to: today,
    refreshedAt: board?.refreshedAt.toISOString() ?? null,
    indicators: [
      alone('active', people === null ? hidden('people') : shown(people, 'people')),
      alone('coverage', covered === null ? hidden('percent') : shown(covered, 'percent')),
      alone('campaigns', shown(await countCampaigns(db, insee, today), 'campaigns')),
      alone('downloads', shown(await countTaken(db, insee, dayInDigits(month.firstDay)), 'downloads')),
      alone('residences', shown(await countResidences(db, insee), 'residences')),
    ],
    quarters: [],
    trend: await trendOf(db, insee, month.firstDay - 1),
  };
};

/** What an officer sees of a period: the release as it was published, beside the same period a year before, the median of similar communes and the months before; or the month's board. Null when it was not released. */
export const viewInsights = async (
  ctx: SignedInContext,
  { insee, period: id }: Pick<Asked, 'insee' | 'period'>,
): Promise<InsightsView | null> => {
  const asked: Asked = { insee, period: id, now: ctx.now, locale: ctx.locale };
  const db = reader(ctx);
  if (id === 'now') return viewBoard(db, asked, await communeCoverage(ctx, insee));
  const { locale, now } = asked;
  const period = periodOf(asked.period);
  const release = period && (await findRelease(db, insee, period.id));
  if (!period || !release) return null;
  const before = await findRelease(db, insee, yearBefore(period));
  const similar = similarTo(insee, await listNeighbouringCommunes(db, insee));
  const median = medianAmong((await findReleases(db, similar, [period.id])).map(({ body }) => body));
  const common = await commonOf(db, insee, now);
  const indicators = indicatorIds.flatMap((id) => {
    const one = release.indicators.find((found) => found.id === id);
    if (!one) return [];
    const yearBeforeFigure = before?.indicators.find((found) => found.id === id)?.figure ?? null;
    return [inWords(one, { yearBefore: yearBeforeFigure, similar: median(id) }, locale)];
  });
  return {
    ...common,
    ...{ period: period.id, release: release.number, from: release.from, to: release.to, refreshedAt: null },
    indicators: withWorth(indicators, common.hourly, locale),
    quarters: release.quarters,
    trend: await trendOf(db, insee, period.lastDay),
  };
};
