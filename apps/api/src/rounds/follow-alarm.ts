import { type Transaction, watchAs } from '@palier/db';
import { EndEscalation, EscalationView, TakeStep } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { listContactsOf, readCourse } from './board.queries.ts';
import { type Check, isReaderOf, listChecks, lockCheck, noteReadings } from './checks.queries.ts';
import { CheckPath, homeOf } from './claim-check.ts';
import { endAlarm } from './settle-check.ts';
import { byCaller, coverageMoved } from './watch-event.ts';

const at = (text: string): string => new Date(text).toISOString();
const unnamed = '—';

const viewOf = async (tx: Transaction, check: Check): Promise<EscalationView> => {
  const { attempts, steps, alarm } = await readCourse(tx, check.id);
  const { raised_at, told, acknowledged_at, acknowledged_by, ended_at, ended_by, ending } = orAbsent(alarm);
  return {
    ...homeOf(check),
    commune: check.commune,
    contacts: await listContactsOf(tx, check.personId),
    raisedAt: at(raised_at),
    told,
    acknowledged: acknowledged_at === null ? null : { at: at(acknowledged_at), by: acknowledged_by ?? unnamed },
    ended: ended_at === null || ending === null ? null : { at: at(ended_at), by: ended_by ?? unnamed, ending },
    attempts: attempts.map((one) => ({ ...one, at: at(one.at) })),
    steps: steps.map(({ step, by, at: when }) => ({ step, at: at(when), by: by ?? unnamed })),
  };
};

/** An alarm as a named reader of the person sees it, with whom to call; that it was read is written down for the person. Code: `resource.absent`. */
export const readAlarm = (ctx: SignedInContext, { checkId }: { checkId: string }): Promise<EscalationView> =>
  mutate(ctx, async (tx) => {
    const { now, actor } = ctx;
    await watchAs(tx, { accountId: actor.accountId, residentId: actor.resident?.residentId ?? null }, now);
    const [check] = await listChecks(tx, now, sql`c.id = ${checkId} and p.id in (select watch_read())`, 1);
    const view = await viewOf(tx, orAbsent(check));
    const by = { accountId: actor.accountId, readAs: 'reader', what: 'contacts', at: now } as const;
    await noteReadings(tx, [{ id: newId(), personId: orAbsent(check).personId }], by);
    const act = { action: 'watch.look', subject: 'check', subjectId: checkId, reason: 'contacts' };
    await record(tx, { ...byCaller(ctx), ...act });
    return view;
  });

/** The alarm of a check, held for this transaction, if the caller is named to read the person and nobody ended it. Codes: `resource.absent`, `check.answered` (it ended). */
const alarmOf = async (tx: Transaction, ctx: SignedInContext, checkId: string): Promise<Check> => {
  await watchAs(tx, 'house', ctx.now);
  const check = orAbsent(await lockCheck(tx, checkId, ctx.now));
  orAbsent((await isReaderOf(tx, ctx.actor.accountId, check.personId, ctx.now)) || null);
  if (check.state === 'closed') throw new AppError('check.answered');
  if (check.state !== 'escalated') throw new AppError('resource.absent');
  return check;
};

/** The log keeps that something was done, by whom and when; which step it was and how it ended stand in the watch's own tables, and are erased with them after three months. */
const noted = (tx: Transaction, ctx: SignedInContext, check: Check, action: string): Promise<void> =>
  record(tx, { ...byCaller(ctx), action, subject: 'check', subjectId: check.id }, [coverageMoved(check.roundId)]);

/** Takes charge of an alarm, by name: it calls nobody any more. Whoever comes second changes nothing. */
export const acknowledgeAlarm = (ctx: SignedInContext, { checkId }: { checkId: string }): Promise<void> =>
  mutate(ctx, async (tx) => {
    const check = await alarmOf(tx, ctx, checkId);
    const { rows } = await tx.execute(sql`
      update watch_escalations set acknowledged_by = ${ctx.actor.accountId}, acknowledged_at = ${ctx.now.toISOString()}, tell_at = null
      where check_id = ${checkId} and acknowledged_at is null returning check_id`);
    if (rows.length > 0) await noted(tx, ctx, check, 'alarm.acknowledge');
  });

/** Notes what somebody did about an alarm, with its time and their name; whoever does something has taken charge. */
export const takeStep = (ctx: SignedInContext, { checkId, step }: TakeStep & { checkId: string }): Promise<void> =>
  mutate(ctx, async (tx) => {
    const check = await alarmOf(tx, ctx, checkId);
    const when = ctx.now.toISOString();
    await tx.execute(
      sql`insert into watch_steps (id, check_id, account_id, step, at) values (${newId()}, ${checkId}, ${ctx.actor.accountId}, ${step}, ${when})`,
    );
    await tx.execute(sql`
      update watch_escalations set acknowledged_by = ${ctx.actor.accountId}, acknowledged_at = ${when}, tell_at = null where check_id = ${checkId} and acknowledged_at is null`);
    await noted(tx, ctx, check, 'alarm.step');
  });

/** Ends an alarm, by name and with how it ended. */
export const closeAlarm = (
  ctx: SignedInContext,
  { checkId, ending }: EndEscalation & { checkId: string },
): Promise<void> =>
  mutate(ctx, async (tx) => {
    const check = await alarmOf(tx, ctx, checkId);
    await endAlarm(tx, checkId, { accountId: ctx.actor.accountId, ending, now: ctx.now });
    await noted(tx, ctx, check, 'alarm.end');
  });

export const alarmRoutes: FastifyPluginAsyncZod = async (app) => {
  const said = { params: CheckPath, response: { 204: z.null(), ...refusals(404, 409) } } as const;
  app.get(
    '/watch/alarms/:checkId',
    {
      schema: {
        operationId: 'watch.alarm',
        tags: ['watch'],
        params: CheckPath,
        response: { 200: EscalationView, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const ctx = request.account();
      reply.header(seqHeader, String(await findHead(ctx.db)));
      return readAlarm(ctx, request.params);
    },
  );
  app.post(
    '/watch/alarms/:checkId/acknowledge',
    { schema: { operationId: 'watch.acknowledge', tags: ['watch'], ...said } },
    async (request, reply) => {
      await acknowledgeAlarm(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/watch/alarms/:checkId/steps',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'watch.step',
        tags: ['watch'],
        params: CheckPath,
        body: TakeStep,
        response: { 204: z.null(), ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const take = async (ctx: SignedInContext) => {
        await takeStep(ctx, { ...request.params, ...request.body });
        return null;
      };
      return createOnce(request, reply, request.account(), z.null(), take, { status: 204 });
    },
  );
  app.post(
    '/watch/alarms/:checkId/end',
    { schema: { operationId: 'watch.end', tags: ['watch'], ...said, body: EndEscalation } },
    async (request, reply) => {
      await closeAlarm(request.account(), { ...request.params, ...request.body });
      return reply.code(204).send(null);
    },
  );
};
