import { PageQuery, pageOf } from '@palier/domain/paging';
import { timeZoneOfCommune } from '@palier/domain/places';
import { type SeriesDate, SeriesView, type Standing, seriesShownMax, upcomingDates } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { cutPage } from '../cut-page.ts';
import { AppError, orAbsent } from '../errors.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { findSeriesModel, listSkips } from '../posts/index.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import {
  findSeriesFor,
  listCandidates,
  listMade,
  listSeriesOf,
  listStandings,
  type SeriesRow,
} from './series.queries.ts';

export const SeriesId = z.strictObject({ seriesId: z.uuid() });

/** A series, if this resident wrote it or answered one of its dates; never across a block. Code: `resource.absent`. */
export const findOwnSight = async (ctx: ResidentContext, seriesId: string) => {
  const found = orAbsent(await findSeriesFor(reader(ctx), seriesId, ctx.actor.residentId));
  const isMine = found.series.authorId === ctx.actor.residentId;
  if (found.isBlocked || !(isMine || found.isSide)) throw new AppError('resource.absent');
  return { ...found, isMine };
};

/** The coming dates as a person reads them: those that are made, those that will be, and those skipped. A date moved away from the plan is there too. */
const datesOf = async (
  ctx: ResidentContext,
  row: SeriesRow,
  commune: string,
  hasEnded: boolean,
): Promise<SeriesDate[]> => {
  const made = (await listMade(reader(ctx), row.id, ctx.now)).filter(({ state }) => state !== 'withdrawn');
  const skips = await listSkips(reader(ctx), row.id);
  const first = { from: row.firstFrom, to: row.firstTo };
  const timeZone = timeZoneOfCommune(commune);
  const planned = hasEnded ? [] : upcomingDates(first, row.every, timeZone, { until: row.until, now: ctx.now });
  const length = row.firstTo.getTime() - row.firstFrom.getTime();
  const byStart = new Map(made.map((post) => [post.windowFrom?.getTime() ?? 0, post]));
  const ends = new Map(planned.map(({ from, to }) => [from.getTime(), to]));
  const starts = [...new Set([...byStart.keys(), ...ends.keys()])].sort((a, b) => a - b).slice(0, seriesShownMax);
  return starts.map((at) => {
    const post = byStart.get(at);
    const to = ends.get(at) ?? new Date(at + length);
    const state = post ? 'made' : skips.has(at) || at <= row.madeUntil.getTime() ? 'skipped' : 'planned';
    return {
      from: new Date(at).toISOString(),
      to: to.toISOString(),
      state,
      post: post
        ? { id: post.id, state: post.state, helpersNeeded: post.helpersNeeded, helpersTaken: post.taken }
        : null,
    };
  });
};

/** The wishes as this reader may know them: all of them to the author, one's own to whoever else. */
const standingsOf = async (ctx: ResidentContext, seriesId: string, isMine: boolean): Promise<Standing[]> =>
  (await listStandings(reader(ctx), seriesId))
    .filter(({ residentId }) => isMine || residentId === ctx.actor.residentId)
    .map(({ residentId, displayName, theirsAt, authorsAt }) => ({
      state: theirsAt && authorsAt ? 'agreed' : theirsAt ? 'asked' : 'offered',
      person: { id: residentId, displayName },
    }));

/** One series, as it stands to this reader. Code: `resource.absent`. */
export const readSeries = async (ctx: ResidentContext, input: { seriesId: string }): Promise<SeriesView> => {
  const { series, authorName, isMine } = await findOwnSight(ctx, input.seriesId);
  const { post } = orAbsent(await findSeriesModel(reader(ctx), series.id));
  const dates = await datesOf(ctx, series, post.commune, series.endedAt !== null);
  const promised = dates.filter((date) => (date.post?.helpersTaken ?? 0) > 0).at(-1);
  return {
    id: series.id,
    kind: post.kind,
    category: post.category,
    title: series.title ?? post.title,
    every: series.every,
    until: series.until.toISOString(),
    endedAt: series.endedAt?.toISOString() ?? null,
    mine: isMine,
    author: { id: series.authorId, displayName: authorName },
    dates,
    promisedUntil: promised?.from ?? null,
    standings: await standingsOf(ctx, series.id, isMine),
    candidates: isMine && !series.endedAt ? await listCandidates(reader(ctx), series.id) : [],
  };
};

export const Read = z.strictObject({ series: SeriesView });

export const readSeriesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/series/:seriesId',
    {
      schema: {
        operationId: 'series.read',
        tags: ['series'],
        params: SeriesId,
        response: { 200: Read, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const ctx = request.resident();
      reply.header(seqHeader, String(await findHead(reader(ctx))));
      return { series: await readSeries(ctx, request.params) };
    },
  );
};

/** The series that I wrote, or come to each time, while they last: at most fifty, the latest first. */
export const listSeriesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/series',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'series.list',
        tags: ['series'],
        querystring: PageQuery,
        response: { 200: pageOf(SeriesView), ...refusals() },
      },
    },
    async (request, reply) => {
      const ctx = request.resident();
      reply.header(seqHeader, String(await findHead(reader(ctx))));
      const all = await listSeriesOf(reader(ctx), ctx.actor.residentId);
      const page = cutPage(ctx.keys, `series ${ctx.actor.residentId}`, all, request.query, (id) => id);
      const items: SeriesView[] = [];
      for (const seriesId of page.items) {
        const found = await readSeries(ctx, { seriesId }).catch((problem) => {
          if (problem instanceof AppError && problem.code === 'resource.absent') return null; // behind a block since
          throw problem;
        });
        if (found) items.push(found);
      }
      return { items, next: page.next };
    },
  );
};
