import { inTransaction, type Transaction, watchAs } from '@palier/db';
import { timeZoneOfCommune } from '@palier/domain/places';
import { type BoardCheck, turnAt, WatchBoard } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { newId } from '../ids.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { countCoverage, listTerritoriesRead } from './board.queries.ts';
import { type Check, listChecks, noteReadings } from './checks.queries.ts';
import { homeOf } from './claim-check.ts';
import { roundView } from './round-view.ts';
import { listRoundsOf } from './rounds.queries.ts';
import { byCaller } from './watch-event.ts';

const hourMs = 3_600_000;
const people = 2_000;

const lineOf = (check: Check, now: Date): BoardCheck => ({
  ...homeOf(check),
  roundId: check.roundId,
  state: check.state,
  way: turnAt(check, now, timeZoneOfCommune(check.commune)).way,
  attempts: check.attempts,
  dueAt: check.dueAt.toISOString(),
  escalatesAt: check.escalatesAt.toISOString(),
});

const looked = async (tx: Transaction, ctx: SignedInContext, checks: readonly Check[], what: 'list' | 'sheet') => {
  const { now, actor } = ctx;
  const seen = [...new Set(checks.map(({ personId }) => personId))].map((personId) => ({ id: newId(), personId }));
  if (seen.length === 0) return;
  await noteReadings(tx, seen, { accountId: actor.accountId, readAs: 'reader', what, at: now });
  const act = { action: 'watch.look', subject: 'account', subjectId: actor.accountId, reason: what };
  await record(tx, { ...byCaller(ctx), ...act });
};

/**
 * A reader's board: the rounds, how the doors of their own people stand by residence and stair, and each check that is open or was due these 24 hours. The wall shows their people and no others;
 * each of them reads afterwards that it was looked at.
 */
export const readBoard = async (ctx: SignedInContext, what: 'list' | 'sheet' = 'list'): Promise<WatchBoard> => {
  const board = await inTransaction(ctx.db, async (tx) => {
    const { now, actor } = ctx;
    await watchAs(tx, { accountId: actor.accountId, residentId: actor.resident?.residentId ?? null }, now);
    const isMine = sql`p.id in (select watch_read())`;
    const recent = new Date(now.getTime() - 24 * hourMs).toISOString();
    const shown = sql`${isMine} and c.state <> 'cancelled' and (c.due_at > ${recent} or c.state in ('due', 'claimed', 'no-answer', 'escalated'))`;
    const checks = await listChecks(tx, now, shown, people);
    const rounds = await listRoundsOf(tx, await listTerritoriesRead(tx));
    const coverage = checks.length > 0 ? await countCoverage(tx, now) : [];
    await looked(tx, ctx, checks, what);
    return {
      rounds: rounds.map(({ round, territory }) => roundView(round, territory, false)),
      coverage,
      checks: checks.map((check) => lineOf(check, now)),
    };
  });
  ctx.doorbell.ring();
  return board;
};

export const readBoardRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/watch/board',
    { schema: { operationId: 'watch.board', tags: ['watch'], response: { 200: WatchBoard, ...refusals() } } },
    async (request, reply) => {
      const ctx = request.account();
      reply.header(seqHeader, String(await findHead(ctx.db)));
      return readBoard(ctx);
    },
  );
  app.get(
    '/watch/sheet',
    { schema: { operationId: 'watch.sheet', tags: ['watch'], response: { 200: WatchBoard, ...refusals() } } },
    async (request, reply) => {
      const ctx = request.account();
      reply.header(seqHeader, String(await findHead(ctx.db)));
      return readBoard(ctx, 'sheet');
    },
  );
};
