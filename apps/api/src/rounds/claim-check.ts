import { type Transaction, watchAs } from '@palier/db';
import { firstNameOf } from '@palier/domain/offline';
import { type Cell, timeZoneOfCommune } from '@palier/domain/places';
import { HeldCheck, heldMax, heldUntil, isWatchTime } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { type Check, findVolunteering, isReaderOf, lockCheck, noteReadings } from './checks.queries.ts';
import { insistOnWatcher } from './insist-on-watcher.ts';
import { findOthers, isOfferedTo, isReadersTurn, wayNow } from './offers.ts';
import { byCaller, coverageMoved } from './watch-event.ts';

export const CheckPath = z.strictObject({ checkId: z.uuid() });

/** Whose door a check is of, in the form that whoever claimed it and readers see. */
export const homeOf = (check: Check) => ({
  checkId: check.id,
  firstName: firstNameOf(check.name) ?? check.name,
  residence: check.residence,
  stair: check.stair,
  floor: check.floor,
  door: check.door,
  topFloor: check.topFloor,
  phone: check.phone,
  colour: check.colour,
  timeZone: timeZoneOfCommune(check.commune),
});

/** What whoever goes to a door is shown of it: the first name, the door, whether it is under the roof; the telephone to readers alone. */
export const heldView = (
  check: Check,
  held: { attemptId: string; way: HeldCheck['way']; heldUntil: Date; isReader: boolean },
): HeldCheck => ({
  ...homeOf(check),
  phone: held.isReader ? check.phone : null,
  attemptId: held.attemptId,
  way: held.way,
  heldUntil: held.heldUntil.toISOString(),
});

/** The caller as a volunteer; null when they are accepted nowhere, or may begin nothing new at this moment. */
export const volunteerOf = async (tx: Transaction, { actor, now }: SignedInContext) => {
  const { resident } = actor;
  if (!resident || (resident.pausedUntil && resident.pausedUntil > now)) return null;
  const territoryId = await findVolunteering(tx, resident.residentId);
  if (!territoryId) return null;
  return { accountId: actor.accountId, residentId: resident.residentId, territoryId, cell: resident.cell as Cell };
};

/** The check as its holder holds it already: asked for twice, it is claimed once. The answer is kept nowhere, since it shows a door. */
const findHeld = async (tx: Transaction, check: Check, accountId: string, now: Date): Promise<HeldCheck | null> => {
  if (check.state !== 'claimed' || check.heldBy !== accountId || !check.heldUntil || check.heldUntil <= now)
    return null;
  const { rows } = await tx.execute<{ id: string; way: HeldCheck['way'] }>(sql`
    select id, way from watch_attempts where check_id = ${check.id} and account_id = ${accountId} and outcome is null order by claimed_at desc limit 1`);
  const [attempt] = rows;
  if (!attempt) return null;
  const isReader = await isReaderOf(tx, accountId, check.personId, now);
  return heldView(check, { attemptId: attempt.id, way: attempt.way, heldUntil: check.heldUntil, isReader });
};

/** Refuses whoever holds as many checks as one may; the caller holds the lock of their account's claims, which go one after the other. */
const insistOnHands = async (tx: Transaction, accountId: string): Promise<void> => {
  const { rows } = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from watch_checks where held_by = ${accountId} and state = 'claimed'`,
  );
  if ((rows[0]?.n ?? 0) >= heldMax) throw new AppError('check.limit');
};

const decideWay = async (tx: Transaction, ctx: SignedInContext, check: Check) => {
  const isReader = await isReaderOf(tx, ctx.actor.accountId, check.personId, ctx.now);
  const volunteer = isReader ? null : await volunteerOf(tx, ctx);
  if (!isReader && !(volunteer && isOfferedTo(check, 'bell', volunteer))) throw new AppError('resource.absent');
  if (!isWatchTime(ctx.now, timeZoneOfCommune(check.commune))) throw new AppError('check.night');
  const way = wayNow(check, ctx.now);
  if (!way || (volunteer && !isOfferedTo(check, way, volunteer))) throw new AppError('check.taken');
  const hasOthers = isReader && (await findOthers(tx, [check], ctx.now))(check);
  if (isReader && !isReadersTurn(check, way, ctx.actor.accountId, hasOthers)) throw new AppError('check.taken');
  return { way, isReader };
};

/**
 * Takes a check to make it: one visitor at a time, for an hour, half of it in red; only then is the door seen, and the person reads who saw it.
 * Codes: `resource.absent` (not offered to them, or no longer on the watch), `check.taken` (somebody is on their way, or it does not wait), `check.limit`, `check.night`.
 */
export const claimCheck = (ctx: SignedInContext, { checkId }: { checkId: string }): Promise<HeldCheck> =>
  mutate(ctx, async (tx) => {
    const { now, actor } = ctx;
    await watchAs(tx, 'house', now);
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`watch hands ${actor.accountId}`}, 0))`);
    const check = orAbsent(await lockCheck(tx, checkId, now));
    const own = await findHeld(tx, check, actor.accountId, now);
    if (own) return own;
    await insistOnHands(tx, actor.accountId);
    const { way, isReader } = await decideWay(tx, ctx, check);
    const until = heldUntil(check.colour, check.escalatesAt, now);
    if (until <= now) throw new AppError('check.taken');
    await tx.execute(
      sql`update watch_checks set state = 'claimed', held_by = ${actor.accountId}, held_until = ${until.toISOString()} where id = ${checkId} and state = 'due'`,
    );
    const attemptId = newId();
    await tx.execute(
      sql`insert into watch_attempts (id, check_id, account_id, way, claimed_at) values (${attemptId}, ${checkId}, ${actor.accountId}, ${way}, ${now.toISOString()})`,
    );
    const readAs = isReader ? 'reader' : 'volunteer';
    const reading = { id: newId(), personId: check.personId };
    await noteReadings(tx, [reading], { accountId: actor.accountId, readAs, what: 'check', at: now });
    const act = { action: 'check.claim', subject: 'check', subjectId: checkId, reason: way };
    await record(tx, { ...byCaller(ctx), ...act }, [coverageMoved(check.roundId)]);
    return heldView(check, { attemptId, way, heldUntil: until, isReader });
  });

const Claimed = z.strictObject({ check: HeldCheck });

export const claimCheckRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/checks/:checkId/claim',
    {
      schema: {
        operationId: 'watch.claim',
        tags: ['watch'],
        params: CheckPath,
        response: { 200: Claimed, ...refusals(404, 409) },
      },
    },
    async (request) => ({ check: await claimCheck(await insistOnWatcher(request.account()), request.params) }),
  );
};
