import {
  CommuneCode,
  dayAt,
  dayInDigits,
  indicatorIds,
  ReadYear,
  Release,
  worthOf,
  type YearFigure,
  YearView,
  yearOf,
} from '@palier/domain/insights';
import { timeZoneOfCommune } from '@palier/domain/places';
import { findKit } from '@palier/kits';
import { indicatorInWords } from '@palier/messages/indicators';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { listCoolPlaces } from '../kits/index.ts';
import { reader } from '../mutate.ts';
import { communeName } from '../places/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { listCampaignSpans } from './campaigns.queries.ts';
import { listUsefulNumbers } from './messages/keep-numbers.ts';
import { listTownMessages } from './messages/messages.queries.ts';
import { logLook, officeOf } from './office.ts';
import { findReleases, listMonthsOf } from './releases.queries.ts';
import { findSettings } from './settings.queries.ts';

const monthsOf = (year: string): string[] =>
  Array.from({ length: 12 }, (_, n) => `${year}-${String(n + 1).padStart(2, '0')}`);

const totalsOf = (months: readonly Release[], cents: number | null, locale: SignedInContext['locale']): YearFigure[] =>
  indicatorIds.flatMap((id): YearFigure[] => {
    const { label, method } = indicatorInWords(id, locale);
    if (id === 'worth') {
      const hours = yearOf('hours', months);
      if (!hours || cents === null) return [];
      const { from: figure, upTo } = worthOf(hours.figure, cents);
      return [{ id, label, method, figure, upTo, months: hours.months, hiddenMonths: hours.hiddenMonths }];
    }
    const total = yearOf(id, months);
    return total ? [{ id, label, method, ...total, upTo: null }] : [];
  });

const gesturesOf = async (
  db: ReturnType<typeof reader>,
  { insee, year, now }: { insee: string; year: string; now: Date },
): Promise<YearView['gestures']> => {
  const zone = timeZoneOfCommune(insee);
  const messages = (await listTownMessages(db, insee))
    .filter(({ writtenAt }) => dayInDigits(dayAt(new Date(writtenAt), zone)).startsWith(year))
    .map(({ purpose, quarter, title, writtenAt }) => ({ purpose, quarter, title, writtenAt }))
    .reverse();
  return {
    messages,
    on: dayInDigits(dayAt(now, zone)),
    numbers: (await listUsefulNumbers(db, insee)).map(({ label }) => label),
    coolPlaces: (await listCoolPlaces(db, insee)).map(({ name }) => name),
  };
};

/** The file of a year of the officer's commune: what was published of it month by month, what that comes to, its campaigns and the town's gestures; the look is logged. Codes: `role.required`, `resource.absent`. */
export const readYear = async (
  ctx: SignedInContext,
  { insee, year }: { insee: string; year: string },
): Promise<YearView> => {
  const office = officeOf(ctx, insee);
  const db = reader(ctx);
  const { hourly } = await findSettings(db, insee);
  const found = await findReleases(db, [insee], monthsOf(year));
  const months = found
    .map(({ body }) => Release.parse(JSON.parse(body)))
    .toSorted((a, b) => (a.period < b.period ? -1 : 1));
  const spans = await listCampaignSpans(db, [insee], `${year}-01-01`);
  await logLook(ctx, office, 'insights.read', year);
  return {
    ...{ commune: insee, name: communeName(insee), year, hourly },
    months: months.map(({ period, indicators }) => ({
      period,
      indicators: indicators.map(({ id, figure }) => ({ id, figure })),
    })),
    totals: totalsOf(months, hourly?.cents ?? null, ctx.locale),
    campaigns: spans
      .filter(({ firstDay }) => firstDay <= `${year}-12-31`)
      .map(({ kit, firstDay, lastDay }) => ({ label: findKit(kit, ctx.locale).title, firstDay, lastDay })),
    gestures: await gesturesOf(db, { insee, year, now: ctx.now }),
    years: [...new Set((await listMonthsOf(db, [insee])).map((month) => month.slice(0, 4)))],
  };
};

export const readYearRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes/:insee/year',
    {
      schema: {
        operationId: 'insights.readYear',
        tags: ['insights'],
        params: CommuneCode,
        querystring: ReadYear,
        response: { 200: YearView, ...refusals(404) },
      },
    },
    (request) => readYear(request.account(), { ...request.params, ...request.query }),
  );
};
