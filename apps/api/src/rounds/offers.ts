import { inTransaction, type Transaction, watchAs } from '@palier/db';
import { isNeighbourhood, timeZoneOfCommune } from '@palier/domain/places';
import { isWatchTime, type Way, wayAt } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { notify } from '../notifications/index.ts';
import { type Check, listChecks, listReadersOf, listVolunteers, type Volunteer } from './checks.queries.ts';
import { byItself } from './watch-event.ts';

const dayMs = 86_400_000;

/** The way to look for the person of a check at this moment; null while nobody is sent: at night, before its time, while somebody holds it. */
export const wayNow = (check: Check, now: Date): Way | null => {
  const timeZone = timeZoneOfCommune(check.commune);
  if (check.state !== 'due' || check.offeredAt > now || !isWatchTime(now, timeZone)) return null;
  return wayAt(check, now, timeZone);
};

/** Whether a check is offered to a volunteer: they are near, it is not their own door, no telephone is needed, and where another neighbour is wanted they are another. */
export const isOfferedTo = (
  check: Check,
  way: Way,
  { accountId, residentId, territoryId, cell }: Pick<Volunteer, 'accountId' | 'residentId' | 'territoryId' | 'cell'>,
): boolean =>
  way !== 'phone' &&
  check.residentId !== residentId &&
  check.territoryId === territoryId &&
  !(way === 'neighbour' && check.lastBy === accountId) &&
  isNeighbourhood(check.cell, cell);

/** Accounts that were told of the watch's visits and have not looked yet: they are not told twice. */
const listTold = async (tx: Transaction, accountIds: readonly string[], now: Date): Promise<Set<string>> => {
  if (accountIds.length === 0) return new Set();
  const { rows } = await tx.execute<{ id: string }>(
    sql`select distinct account_id as id from notifications where kind = 'watch' and turn = 'visit' and read_at is null and account_id in ${accountIds} and created_at > ${new Date(now.getTime() - dayMs).toISOString()}`,
  );
  return new Set(rows.map(({ id }) => id));
};

/** To whom each check is offered: the volunteers nearby, else the readers; a telephone call, the readers. */
const listInvited = async (tx: Transaction, checks: readonly { check: Check; way: Way }[], now: Date) => {
  const territories = [...new Set(checks.map(({ check }) => check.territoryId))];
  const volunteers = await listVolunteers(tx, territories, now);
  const invited = new Set<string>();
  const unmet: string[] = [];
  const near = new Map<string, Volunteer[]>();
  for (const { check, way } of checks) {
    const around =
      near.get(check.residenceId) ??
      volunteers.filter((one) => one.territoryId === check.territoryId && isNeighbourhood(check.cell, one.cell));
    near.set(check.residenceId, around);
    const fit = around.filter((one) => isOfferedTo(check, way, one));
    for (const { accountId } of fit) invited.add(accountId);
    if (fit.length === 0) unmet.push(check.personId);
  }
  for (const { accountId } of await listReadersOf(tx, unmet, now)) invited.add(accountId);
  return [...invited];
};

/** Tells volunteers nearby, else the readers, that checks wait; one notice an account until it has looked. Resolves with how many checks were offered. */
export const tellOffers = async (ctx: Context<null>): Promise<number> => {
  const { now } = ctx;
  const offered = await inTransaction(ctx.db, async (tx) => {
    await watchAs(tx, 'house', now);
    const waiting = await listChecks(
      tx,
      now,
      sql`c.state = 'due' and c.told_at is null and c.offered_at <= ${now.toISOString()}`,
      2_000,
    );
    const checks = waiting.flatMap((check) => {
      const way = wayNow(check, now);
      return way ? [{ check, way }] : [];
    });
    if (checks.length === 0) return 0;
    const ids = checks.map(({ check }) => check.id);
    await tx.execute(
      sql`update watch_checks set told_at = ${now.toISOString()} where id in ${ids} and told_at is null and state = 'due'`,
    );
    const invited = await listInvited(tx, checks, now);
    const told = await listTold(tx, invited, now);
    const notices = invited
      .filter((accountId) => !told.has(accountId))
      .map((accountId) => ({ accountId, kind: 'watch', turn: 'visit' }) as const);
    await notify(tx, { ...byItself(now), action: 'check.tell', subject: 'check', reason: String(ids.length) }, notices);
    return ids.length;
  });
  if (offered > 0) ctx.doorbell.ring();
  return offered;
};
