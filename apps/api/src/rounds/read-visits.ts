import { inTransaction, watchAs } from '@palier/db';
import { timeZoneOfCommune } from '@palier/domain/places';
import { MyVisits, type OfferView, type Way } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { refusals } from '../plugins/refusals.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { type Check, listChecks } from './checks.queries.ts';
import { heldView, volunteerOf } from './claim-check.ts';
import { insistOnWatcher } from './insist-on-watcher.ts';
import { listNeeds } from './needs.queries.ts';
import { findOthers, isOfferedTo, isReadersTurn, wayNow } from './offers.ts';

/** How many checks are offered on one page, the most pressing first. */
const offersMax = 30;

const offerOf = (check: Check, way: Way): OfferView => ({
  checkId: check.id,
  residence: check.residence,
  stair: check.stair,
  colour: check.colour,
  way,
  dueAt: check.dueAt.toISOString(),
  timeZone: timeZoneOfCommune(check.commune),
});

/** The visits that wait for the caller, as a volunteer or a reader: where, never whose; those they hold, with their doors; and those whose request is still to be opened, by first name. */
export const readVisits = (ctx: SignedInContext): Promise<MyVisits> =>
  inTransaction(ctx.db, async (tx) => {
    const { now, actor } = ctx;
    await watchAs(tx, 'house', now);
    const at = now.toISOString();
    const isRead = sql`exists (select from watch_readers w where w.person_id = p.id and w.account_id = ${actor.accountId} and w.refused_at is null and w.ended_at is null
      and w.effective_at <= ${at} and w.ends_at > ${at})`;
    const reads = await tx.execute<{ person_id: string }>(
      sql`select p.id as person_id from watch_people p where p.withdrawn_at is null and p.lapses_at > ${at} and ${isRead}`,
    );
    const read = new Set(reads.rows.map((row) => row.person_id));
    const volunteer = await volunteerOf(tx, ctx);
    const waits = sql`c.state = 'due' and c.offered_at <= ${at}`;
    const waiting = volunteer
      ? await listChecks(tx, now, sql`${waits} and (e.territory_id = ${volunteer.territoryId} or ${isRead})`)
      : await listChecks(tx, now, sql`${waits} and ${isRead}`);
    const isMine = ({ personId, triedBy }: Check) => read.has(personId) && triedBy.includes(actor.accountId);
    const hasOthers = await findOthers(tx, waiting.filter(isMine), now);
    const offers = waiting.flatMap((check) => {
      const way = wayNow(check, now);
      const isTheirs =
        way &&
        ((read.has(check.personId) && isReadersTurn(check, way, actor.accountId, hasOthers(check))) ||
          (volunteer && isOfferedTo(check, way, volunteer)));
      return isTheirs ? [offerOf(check, way)] : [];
    });
    const held = await listChecks(
      tx,
      now,
      sql`c.state = 'claimed' and c.held_by = ${actor.accountId} and c.held_until > ${at}`,
    );
    const attempts = await tx.execute<{ id: string; check_id: string; way: Way }>(sql`
      select distinct on (check_id) id, check_id, way from watch_attempts where account_id = ${actor.accountId} and outcome is null
        and check_id in (select id from watch_checks where held_by = ${actor.accountId} and state = 'claimed') order by check_id, claimed_at desc`);
    const attemptOf = new Map(attempts.rows.map((row) => [row.check_id, row]));
    return {
      isVolunteer: volunteer !== null,
      isReader: read.size > 0,
      needs: await listNeeds(tx, actor.accountId, now),
      offers: offers.slice(0, offersMax),
      held: held.flatMap((check) => {
        const attempt = attemptOf.get(check.id);
        if (!attempt || !check.heldUntil) return [];
        const { id: attemptId, way } = attempt;
        return [heldView(check, { attemptId, way, heldUntil: check.heldUntil, isReader: read.has(check.personId) })];
      }),
    };
  });

export const readVisitsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/watch/visits',
    { schema: { operationId: 'watch.visits', tags: ['watch'], response: { 200: MyVisits, ...refusals() } } },
    async (request, reply) => {
      const ctx = await insistOnWatcher(request.account());
      reply.header(seqHeader, String(await findHead(ctx.db)));
      return readVisits(ctx);
    },
  );
};
