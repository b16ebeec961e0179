import type { Transaction } from '@palier/db';
import { canAccept } from '@palier/domain/favours';
import type { AuditAction } from '@palier/domain/moderation';
import { type SeriesView, StandIn } from '@palier/domain/posts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { notify } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { findSeriesModel } from '../posts/index.ts';
import { record } from '../record.ts';
import { findOwnSight, Read, readSeries, SeriesId } from './read-series.ts';
import {
  deleteStanding,
  findAccountOf,
  findAgreed,
  hasHelped,
  keepStanding,
  lockLivingDates,
  lockSeries,
} from './series.queries.ts';
import { standIn } from './stand-in.ts';

type Input = z.infer<typeof StandIn> & { seriesId: string };

/** Whose coming is meant: the one the author names, or oneself. */
const whoStands = ({ actor }: ResidentContext, isMine: boolean, person: string | undefined): string => {
  const residentId = person ?? actor.residentId;
  if (isMine === (residentId === actor.residentId)) throw new AppError('resource.absent');
  return residentId;
};

const logOf = (ctx: ResidentContext, seriesId: string, action: AuditAction) => {
  const { accountId, residenceId, commune } = ctx.actor;
  const entry = { at: ctx.now, actorId: accountId, actorRole: 'resident', subject: 'series' } as const;
  return { ...entry, action, subjectId: seriesId, residenceId, commune };
};

/** Refuses whoever never came to a date of it, whoever may not come, and a second person. */
const insistOnStanding = async (tx: Transaction, ctx: ResidentContext, seriesId: string, residentId: string) => {
  if (!(await hasHelped(tx, seriesId, residentId))) throw new AppError('resource.absent');
  const { post } = orAbsent(await findSeriesModel(tx, seriesId));
  if (residentId === ctx.actor.residentId) insist(canAccept({ ...post, state: 'open' }, ctx.actor));
  const agreed = await findAgreed(tx, seriesId);
  if (agreed && agreed.residentId !== residentId) throw new AppError('series.standing');
};

/** Tells the other side of a wish, or that both agree: they open the post to read which. */
const tellOther = async (tx: Transaction, ctx: ResidentContext, seriesId: string, to: string, turn: string) => {
  const accountId = await findAccountOf(tx, to);
  const { post } = orAbsent(await findSeriesModel(tx, seriesId));
  if (accountId === null) return;
  const entry = { ...logOf(ctx, seriesId, 'series.tell'), actorId: null, actorRole: 'system' } as const;
  await notify(tx, entry, [{ accountId, kind: 'series', postId: post.id, turn: `${turn}:${ctx.now.toISOString()}` }]);
};

/**
 * One side wishes that the same person come each time; once the other wishes it too, every date that is still free is theirs, and each new one.
 * Codes: `resource.absent` (whoever never came to a date), `trust.required`, `series.ended`, `series.standing` (another comes already).
 */
export const wishStanding = async (ctx: ResidentContext, { seriesId, person }: Input): Promise<SeriesView> => {
  const { isMine } = await findOwnSight(ctx, seriesId);
  const residentId = whoStands(ctx, isMine, person);
  await mutate(ctx, async (tx) => {
    const dates = await lockLivingDates(tx, seriesId, ctx.now);
    const series = orAbsent(await lockSeries(tx, seriesId));
    if (series.endedAt) throw new AppError('series.ended');
    await insistOnStanding(tx, ctx, seriesId, residentId);
    const { isAgreed } = await keepStanding(tx, { seriesId, residentId, isAuthor: isMine, now: ctx.now });
    await record(tx, logOf(ctx, seriesId, isAgreed ? 'series.stand' : 'series.wish'));
    await tellOther(tx, ctx, seriesId, isMine ? residentId : series.authorId, isAgreed ? 'agreed' : 'wished');
    if (isAgreed) for (const post of dates) if (post.state === 'open') await standIn(tx, ctx, post);
  });
  return readSeries(ctx, { seriesId });
};

/** Either side ends it, or says no to it: new dates open to all again; what is already promised stays. Codes: `resource.absent`. */
export const stopStanding = async (ctx: ResidentContext, { seriesId, person }: Input): Promise<SeriesView> => {
  const { isMine } = await findOwnSight(ctx, seriesId);
  const residentId = whoStands(ctx, isMine, person);
  await mutate(ctx, async (tx) => {
    orAbsent(await lockSeries(tx, seriesId));
    if (!(await deleteStanding(tx, seriesId, residentId))) throw new AppError('resource.absent');
    await record(tx, logOf(ctx, seriesId, 'series.stop'));
  });
  return readSeries(ctx, { seriesId });
};

export const standRoute: FastifyPluginAsyncZod = async (app) => {
  const schema = { tags: ['series'], params: SeriesId, body: StandIn, response: { 200: Read, ...refusals(404, 409) } };
  const creating = { ...schema, response: { 200: Read, ...refusals(404, 409, 422) } };
  app.post(
    '/series/:seriesId/standing',
    { config: { isCreating: true }, schema: { operationId: 'series.stand', ...creating } },
    async (request, reply) => {
      const wish = async (ctx: ResidentContext) => ({
        series: await wishStanding(ctx, { ...request.body, ...request.params }),
      });
      return createOnce(request, reply, request.resident(), Read, wish, { status: 200 });
    },
  );
  app.post(
    '/series/:seriesId/standing/stop',
    { schema: { operationId: 'series.stop', ...schema } },
    async (request) => ({
      series: await stopStanding(request.resident(), { ...request.body, ...request.params }),
    }),
  );
};
