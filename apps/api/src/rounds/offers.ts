import { inTransaction, type Transaction, watchAs } from '@palier/db';
import { isNeighbourhood, timeZoneOfCommune } from '@palier/domain/places';
import { gapMs, isWatchTime, mayTry, type Turn, turnAt, type Way } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { notify } from '../notifications/index.ts';
import { type Check, listChecks, listReadersOf, listVolunteers, type Volunteer } from './checks.queries.ts';
import { byItself } from './watch-event.ts';

const dayMs = 86_400_000;
/** How many checks are told of in a minute; the others in the next. */
const offeredMax = 2_000;
type Waiting = Pick<Check, 'state' | 'offeredAt' | 'escalatesAt' | 'attempts' | 'commune'>;

/** The turn of a check at this moment; null while nobody is sent: at night, before its time, while somebody holds it. */
const turnNow = (check: Waiting, now: Date): Turn | null => {
  const timeZone = timeZoneOfCommune(check.commune);
  if (check.state !== 'due' || check.offeredAt > now || !isWatchTime(now, timeZone)) return null;
  return turnAt(check, now, timeZone);
};

/** The way to look for the person of a check at this moment; null while nobody is sent. */
export const wayNow = (check: Waiting, now: Date): Way | null => turnNow(check, now)?.way ?? null;

/** Whether a check is offered to a volunteer: they are near, it is not their own door, no telephone is needed, and where another neighbour is wanted they are another. */
export const isOfferedTo = (
  check: Check,
  way: Way,
  { accountId, residentId, territoryId, cell }: Pick<Volunteer, 'accountId' | 'residentId' | 'territoryId' | 'cell'>,
): boolean =>
  mayTry(way, { hasTried: check.triedBy.includes(accountId), isReader: false, hasOthers: true }) &&
  check.residentId !== residentId &&
  check.territoryId === territoryId &&
  isNeighbourhood(check.cell, cell);

/** Whether a check is offered to one of the person's readers: always, but where another neighbour is wanted and they tried already while somebody else could go. */
export const isReadersTurn = (check: Check, way: Way, accountId: string, hasOthers: boolean): boolean =>
  mayTry(way, { hasTried: check.triedBy.includes(accountId), isReader: true, hasOthers });

type Around = { volunteers: readonly Volunteer[]; readers: readonly string[] };
/** Whether somebody who did not try yet could go to a check: one of these volunteers, if they are near, or one of these readers of the person. */
const hasOthersOf = (check: Check, { volunteers, readers }: Around): boolean =>
  readers.some((id) => !check.triedBy.includes(id)) || volunteers.some((one) => isOfferedTo(check, 'neighbour', one));

const readersByPerson = async (tx: Transaction, personIds: readonly string[], now: Date) => {
  const named = Map.groupBy(await listReadersOf(tx, personIds, now), ({ personId }) => personId);
  return (personId: string): string[] => (named.get(personId) ?? []).map(({ accountId }) => accountId);
};

/** Finds, for checks that somebody tried already, whether somebody else could go. */
export const findOthers = async (
  tx: Transaction,
  checks: readonly Check[],
  now: Date,
): Promise<(check: Check) => boolean> => {
  const tried = checks.filter(({ triedBy }) => triedBy.length > 0);
  if (tried.length === 0) return () => true;
  const volunteers = await listVolunteers(tx, [...new Set(tried.map(({ territoryId }) => territoryId))], now);
  const personIds = tried.map(({ personId }) => personId);
  const readersOf = await readersByPerson(tx, personIds, now);
  return (check) => hasOthersOf(check, { volunteers, readers: readersOf(check.personId) });
};

/** Accounts that were told of the watch's visits: within the last quarter of an hour, or within a day and have not looked yet. */
const listTold = async (tx: Transaction, accountIds: readonly string[], now: Date) => {
  if (accountIds.length === 0) return [];
  const { rows } = await tx.execute<{ id: string; is_just: boolean }>(sql`
    select account_id as id, bool_or(created_at > ${new Date(now.getTime() - gapMs).toISOString()}) as is_just from notifications
    where kind = 'watch' and turn = 'visit' and account_id in ${accountIds} and created_at > ${new Date(now.getTime() - dayMs).toISOString()}
      and (read_at is null or created_at > ${new Date(now.getTime() - gapMs).toISOString()}) group by account_id`);
  return rows;
};

type Offered = { check: Check; turn: Turn };

/** To whom checks are offered: the volunteers nearby, else the readers; a telephone call, the readers; and the readers too once a turn went by without anybody. Nobody is called whom the way excludes. */
const listInvited = async (tx: Transaction, checks: readonly Offered[], now: Date): Promise<Set<string>> => {
  const territories = [...new Set(checks.map(({ check }) => check.territoryId))];
  const volunteers = await listVolunteers(tx, territories, now);
  const invited = new Set<string>();
  const unmet: Offered[] = [];
  const near = new Map<string, Volunteer[]>();
  for (const { check, turn } of checks) {
    const around =
      near.get(check.residenceId) ??
      volunteers.filter((one) => one.territoryId === check.territoryId && isNeighbourhood(check.cell, one.cell));
    near.set(check.residenceId, around);
    const fit = around.filter((one) => isOfferedTo(check, turn.way, one));
    for (const { accountId } of fit) invited.add(accountId);
    if (fit.length === 0 || turn.isIgnored) unmet.push({ check, turn });
  }
  const readersOf = await readersByPerson(
    tx,
    unmet.map(({ check }) => check.personId),
    now,
  );
  for (const { check, turn } of unmet) {
    const readers = readersOf(check.personId);
    const hasOthers = hasOthersOf(check, { volunteers: near.get(check.residenceId) ?? [], readers });
    for (const id of readers) if (isReadersTurn(check, turn.way, id, hasOthers)) invited.add(id);
  }
  return invited;
};

/** Who hears of these checks now. Whoever did not look yet hears nothing twice of a first turn; of a later one they do, once in a quarter of an hour. */
const listCalled = async (tx: Transaction, offered: readonly Offered[], now: Date): Promise<string[]> => {
  const first = await listInvited(
    tx,
    offered.filter(({ turn }) => turn.nth === 0),
    now,
  );
  const later = await listInvited(
    tx,
    offered.filter(({ turn }) => turn.nth > 0),
    now,
  );
  const invited = [...new Set([...first, ...later])];
  const told = new Map((await listTold(tx, invited, now)).map((one) => [one.id, one.is_just]));
  return invited.filter((id) => (later.has(id) ? told.get(id) !== true : !told.has(id)));
};

/** The checks that wait and whose turn nobody was told of, each with its turn. Those of a same hour and place share their turn: it is found once. */
const listUntold = async (tx: Transaction, now: Date): Promise<Offered[]> => {
  const { rows } = await tx.execute<{
    id: string;
    since: string;
    until: string;
    attempts: number;
    told: string | null;
    commune: string;
  }>(sql`
    select c.id, c.offered_at as since, c.escalates_at as until, c.attempts, c.told_at as told, e.commune
    from watch_checks c join watch_people p on p.id = c.person_id join residences e on e.id = p.residence_id
    where c.state = 'due' and c.offered_at <= ${now.toISOString()} and p.withdrawn_at is null and p.lapses_at > ${now.toISOString()}
    order by c.escalates_at, c.id`);
  const turns = new Map<string, Turn | null>();
  const untold = new Map<string, Turn>();
  for (const { id, since, until, attempts, told, commune } of rows) {
    const key = `${since} ${until} ${attempts} ${commune}`;
    const check = {
      state: 'due',
      offeredAt: new Date(since),
      escalatesAt: new Date(until),
      attempts,
      commune,
    } as const;
    const turn = turns.has(key) ? turns.get(key) : turnNow(check, now);
    turns.set(key, turn ?? null);
    if (turn && (told === null || new Date(told) < turn.since)) untold.set(id, turn);
  }
  if (untold.size === 0) return [];
  const checks = await listChecks(tx, now, sql`c.id in ${[...untold.keys()].slice(0, offeredMax)}`, offeredMax);
  return checks.flatMap((check) => {
    const turn = untold.get(check.id);
    return turn ? [{ check, turn }] : [];
  });
};

/** Marks checks as told now, locked in one order whoever comes; those that another tick has told meanwhile are not among the answered. */
const claimOffers = async (tx: Transaction, ids: readonly string[], now: Date): Promise<Set<string>> => {
  const at = now.toISOString();
  const { rows } = await tx.execute<{ id: string }>(sql`
    with waiting as materialized (
      select id from watch_checks where id in ${ids} and state = 'due' and (told_at is null or told_at < ${at}) order by id for update)
    update watch_checks c set told_at = ${at} from waiting where c.id = waiting.id returning c.id`);
  return new Set(rows.map(({ id }) => id));
};

/** Tells volunteers nearby, else the readers, that checks wait, anew at each turn of a check; one notice an account, however many wait. Resolves with how many checks were offered. */
export const tellOffers = async (ctx: Context<null>): Promise<number> => {
  const { now } = ctx;
  const offered = await inTransaction(ctx.db, async (tx) => {
    await watchAs(tx, 'house', now);
    const checks = await listUntold(tx, now);
    if (checks.length === 0) return 0;
    const ids = await claimOffers(
      tx,
      checks.map(({ check }) => check.id),
      now,
    );
    if (ids.size === 0) return 0;
    const claimed = checks.filter(({ check }) => ids.has(check.id));
    const notices = (await listCalled(tx, claimed, now)).map(
      (accountId) => ({ accountId, kind: 'watch', turn: 'visit' }) as const,
    );
    await notify(tx, { ...byItself(now), action: 'check.tell', subject: 'check', reason: String(ids.size) }, notices);
    return ids.size;
  });
  if (offered > 0) ctx.doorbell.ring();
  return offered;
};
