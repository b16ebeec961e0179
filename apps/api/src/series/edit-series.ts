import type { Transaction } from '@palier/db';
import { editChange } from '@palier/domain/live';
import { timeZoneOfCommune } from '@palier/domain/places';
import { canPost, EditSeries, type SeriesView, upcomingDates } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ResidentContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { beginningFor, claimEdit, findSeriesModel, makeDates, postEvent, screenWords } from '../posts/index.ts';
import type { OutboxEvent } from '../record.ts';
import { actOnSeries, withdrawDates } from './own-series.ts';
import { Read, SeriesId } from './read-series.ts';
import { type LivingDate, type SeriesRow, updateSeries } from './series.queries.ts';
import { standIn } from './stand-in.ts';

type Held = { series: SeriesRow; dates: LivingDate[] };
const yearMs = 366 * 86_400_000;
const isPromised = (post: LivingDate): boolean => post.taken > 0;
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** The plan as it will be: from its new first date on, after every date that is promised already. */
const newPlan = (ctx: ResidentContext, { series, dates }: Held, input: EditSeries) => {
  const every = input.every ?? series.every;
  const until = input.until ? new Date(input.until) : series.until;
  const promised = dates.filter(isPromised).map(({ windowFrom }) => windowFrom?.getTime() ?? 0);
  const after = new Date(Math.max(ctx.now.getTime(), ...promised));
  const old = { from: series.firstFrom, to: series.firstTo };
  const [next] = upcomingDates(old, series.every, timeZoneOfCommune(ctx.actor.commune), {
    until: series.until,
    now: after,
  });
  const window = input.window ?? (next && { from: next.from.toISOString(), to: next.to.toISOString() });
  if (!window) throw new AppError('series.date');
  const { kind, category } = dates[0] ?? ({ kind: 'request', category: 'other' } as const);
  insist(canPost({ kind, category, window, repeats: { every, until: until.toISOString() } }, ctx.actor, ctx.now));
  if (Date.parse(window.from) <= after.getTime())
    throw new AppError(promised.length > 0 ? 'series.promised' : 'post.window');
  return { every, until, firstFrom: new Date(window.from), firstTo: new Date(window.to) };
};

/** Another day, hour or rhythm: dates that nobody has promised are taken back and made again as they will be. */
const changeWhen = async (
  tx: Transaction,
  ctx: ResidentContext,
  held: Held,
  input: EditSeries,
): Promise<OutboxEvent[]> => {
  const plan = newPlan(ctx, held, input);
  const events = await withdrawDates(
    tx,
    held.dates.filter((post) => !isPromised(post)),
    'changed-mind',
    ctx.now,
  );
  const change = { ...plan, madeUntil: new Date(plan.firstFrom.getTime() - 1) };
  await updateSeries(tx, held.series.id, change);
  await makeDates(tx, ctx, { ...held.series, ...change }, standIn);
  return events;
};

/** Other words for the dates to come, or a last day that comes sooner or later. */
const changeWords = async (
  tx: Transaction,
  ctx: ResidentContext,
  held: Held,
  input: EditSeries,
): Promise<OutboxEvent[]> => {
  const words = given({ title: input.title, details: input.details, helpersNeeded: input.helpersNeeded });
  const until = input.until ? new Date(input.until) : held.series.until;
  if (input.until && (until <= ctx.now || until.getTime() > ctx.now.getTime() + yearMs))
    throw new AppError('post.repeats');
  await updateSeries(tx, held.series.id, { ...words, until });
  const free = held.dates.filter((post) => !isPromised(post));
  const [over, staying] = [
    free.filter(({ windowFrom }) => windowFrom && windowFrom > until),
    free.filter(({ windowFrom }) => !windowFrom || windowFrom <= until),
  ];
  const events = await withdrawDates(tx, over, 'changed-mind', ctx.now);
  if (Object.keys(words).length === 0) return events;
  for (const post of staying)
    if (await claimEdit(tx, post.id, post.state, words, ctx.now))
      events.push(postEvent(post, post.state === 'held' ? 'held' : editChange(post.audience, post.audience)));
  return events;
};

/** Refuses words that a post would be refused for (those of an emergency until the numbers to call were seen), and those that only a referent may let through. */
const insistOnWords = async (tx: Transaction, ctx: ResidentContext, seriesId: string, input: EditSeries) => {
  if (input.title === undefined && input.details === undefined) return;
  const { post } = orAbsent(await findSeriesModel(tx, seriesId));
  const words = { title: input.title ?? post.title, details: input.details ?? post.details };
  const author = { id: post.authorId, residenceId: ctx.actor.residenceId, mode: ctx.actor.mode };
  const found = { text: '', found: screenWords(words, input.emergencySeen ?? false), isCounted: false };
  const { state } = await beginningFor(tx, found, author, ctx.now);
  if (state === 'held') throw new AppError('post.held');
};

/**
 * Changes the dates to come of one's own series: when they are, until when, their words, how many people. A date that somebody has said yes to stays as it was promised.
 * Codes: `resource.absent`, `role.required`, `series.ended`, `series.promised`, `series.date`, `post.window`, `post.repeats`, `post.emergency`, `post.payment`, `post.contact`, `post.held`.
 */
export const editSeries = (ctx: ResidentContext, input: EditSeries & { seriesId: string }): Promise<SeriesView> => {
  const { seriesId, ...change } = input;
  return actOnSeries(ctx, seriesId, {
    action: 'series.edit',
    perform: async (tx, held) => {
      await insistOnWords(tx, ctx, seriesId, change);
      const events = await changeWords(tx, ctx, held, { ...change, ...(change.window && { until: undefined }) });
      if (!change.window && !change.every) return events;
      const words = given({ title: change.title, details: change.details, helpersNeeded: change.helpersNeeded });
      return [
        ...events,
        ...(await changeWhen(tx, ctx, { ...held, series: { ...held.series, ...words } as SeriesRow }, change)),
      ];
    },
  });
};

export const editSeriesRoute: FastifyPluginAsyncZod = async (app) => {
  app.patch(
    '/series/:seriesId',
    {
      schema: {
        operationId: 'series.edit',
        tags: ['series'],
        params: SeriesId,
        body: EditSeries,
        response: { 200: Read, ...refusals(404, 409, 422) },
      },
    },
    async (request) => ({ series: await editSeries(request.resident(), { ...request.body, ...request.params }) }),
  );
};
