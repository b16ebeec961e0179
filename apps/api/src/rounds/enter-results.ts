import { type Transaction, watchAs } from '@palier/db';
import { timeZoneOfCommune } from '@palier/domain/places';
import { CheckState, EnterResults, turnAt } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { isReaderOf, lockCheck } from './checks.queries.ts';
import { settle } from './settle-check.ts';
import { byCaller, coverageMoved } from './watch-event.ts';

const Entered = z.strictObject({ checks: z.array(z.strictObject({ checkId: z.uuid(), state: CheckState })) });
type Entry = EnterResults['entries'][number];

const enterOne = async (tx: Transaction, ctx: SignedInContext, entry: Entry) => {
  const { now, actor } = ctx;
  const check = orAbsent(await lockCheck(tx, entry.checkId, now));
  orAbsent((await isReaderOf(tx, actor.accountId, check.personId, now)) || null);
  const at = new Date(Math.min(now.getTime(), Math.max(check.dueAt.getTime(), new Date(entry.at).getTime())));
  const { way } = turnAt(check, at, timeZoneOfCommune(check.commune));
  await tx.execute(sql`
    insert into watch_attempts (id, check_id, account_id, way, claimed_at, outcome, answered_at)
    values (${newId()}, ${check.id}, ${actor.accountId}, ${way}, ${at.toISOString()}, ${entry.outcome}, ${at.toISOString()})`);
  const state = await settle(tx, check, { outcome: entry.outcome, accountId: actor.accountId, now });
  const act = { action: 'check.enter', subject: 'check', subjectId: check.id };
  await record(tx, { ...byCaller(ctx), ...act }, [coverageMoved(check.roundId)]);
  return { checkId: check.id, state };
};

/** Types in what was written on a round's paper sheet, by a named reader of each person: all of it, or nothing. Code: `resource.absent`. */
export const enterResults = (ctx: SignedInContext, { entries }: EnterResults): Promise<z.infer<typeof Entered>> =>
  mutate(ctx, async (tx) => {
    await watchAs(tx, 'house', ctx.now);
    const checks = [];
    const inOrder = [...entries].sort((a, b) => a.checkId.localeCompare(b.checkId) || a.at.localeCompare(b.at));
    for (const entry of inOrder) checks.push(await enterOne(tx, ctx, entry));
    return { checks };
  });

export const enterResultsRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/entries',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'watch.enter',
        tags: ['watch'],
        body: EnterResults,
        response: { 201: Entered, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Entered, (ctx) => enterResults(ctx, request.body)),
  );
};
