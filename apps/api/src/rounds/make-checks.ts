import { inTransaction, schema, type Transaction, watchAs } from '@palier/db';
import { timeZoneOfCommune } from '@palier/domain/places';
import {
  type CheckTime,
  DayPart,
  datesThatRest,
  dayEndOf,
  escalateAt,
  slotsCome,
  slotsMissed,
} from '@palier/domain/watch';
import { departmentOfCommune } from '@palier/domain/weather';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { record } from '../record.ts';
import { isWatched, listOpenRounds, listWatchedPlaces, markMade, type Place, type Round } from './rounds.queries.ts';
import { byItself, coverageMoved } from './watch-event.ts';

const minuteMs = 60_000;
const batch = 500;

type Slot = CheckTime & { part: DayPart; communes: readonly string[]; endsAt: Date };
/** Which checks are made: those whose hour has come today, or those of any day that nobody made while everything stood still. */
type Which = 'come' | 'missed';
/** Longer than this since checks were last made, in ms: everything stood still. */
const standstillMs = 2 * minuteMs;
type Paced = Round & { colour: 'yellow' | 'orange' | 'red' };

/** The people whose check of this slot is to be made, with the moment from which somebody could be called for them: it must have come before that day's end. */
const listUnchecked = async (tx: Transaction, round: Paced, slot: Slot, now: Date) => {
  const rest = datesThatRest(round.colour, slot.date);
  const from = sql`greatest(p.joined_at, (select min(w.effective_at) from watch_readers w where w.person_id = p.id))`;
  const { rows } = await tx.execute<{ id: string; from: string }>(sql`
    select p.id, ${from} as "from"
    from watch_people p join residences e on e.id = p.residence_id
    where e.territory_id = ${round.territoryId} and e.commune in ${slot.communes} and p.part = ${slot.part} and ${isWatched(now)} and ${from} < ${slot.endsAt.toISOString()}
      and not exists (select from watch_checks c where c.person_id = p.id and c.day = ${slot.date} and c.hour = ${slot.hour})
      ${rest.length > 0 ? sql`and not exists (select from watch_checks c where c.person_id = p.id and c.day in ${rest})` : sql``}
    order by p.id limit ${batch}`);
  return rows.map(({ id, from }) => ({ id, from: new Date(from) }));
};

const wholeMinute = (ms: number): Date => new Date(Math.floor(ms / minuteMs) * minuteMs);

const makeBatch = (ctx: Context<null>, round: Paced, slot: Slot): Promise<number> =>
  inTransaction(ctx.db, async (tx) => {
    const { now } = ctx;
    await watchAs(tx, 'house', now);
    const { rows: held } = await tx.execute(
      sql`select from watch_rounds where id = ${round.id} and closed_at is null for key share`,
    );
    const people = held.length > 0 ? await listUnchecked(tx, round, slot, now) : [];
    if (people.length === 0) return 0;
    const checks = people.map(({ id: personId, from }) => {
      const dueAt = wholeMinute(Math.max(slot.dueAt.getTime(), from.getTime()));
      const { id: roundId, colour } = round;
      // Made late, it is due when it was and its alarm keeps its time; its turns share what is left.
      const offeredAt = wholeMinute(Math.max(dueAt.getTime(), now.getTime()));
      const times = { dueAt, escalatesAt: escalateAt(dueAt, colour), offeredAt };
      return {
        id: newId(),
        roundId,
        personId,
        day: slot.date,
        hour: slot.hour,
        colour,
        state: 'due',
        ...times,
      } as const;
    });
    const made = await tx
      .insert(schema.watchChecks)
      .values(checks)
      .onConflictDoNothing()
      .returning({ id: schema.watchChecks.id });
    if (made.length > 0)
      await record(
        tx,
        { ...byItself(now), action: 'check.make', subject: 'round', subjectId: round.id, reason: String(made.length) },
        [coverageMoved(round.id)],
      );
    return people.length;
  });

/** Every slot of a round that is to be made, by part of the day and by clock. */
const slotsOf = (round: Paced, places: readonly Place[], which: Which, now: Date): Slot[] => {
  const zones = new Map<string, string[]>();
  for (const { territoryId, commune } of places)
    if (territoryId === round.territoryId && departmentOfCommune(commune) === round.department) {
      const zone = timeZoneOfCommune(commune);
      zones.set(zone, [...(zones.get(zone) ?? []), commune]);
    }
  const { colour, since, madeAt } = round;
  return [...zones].flatMap(([timeZone, communes]) =>
    DayPart.options.flatMap((part) => {
      const plan = { colour, since, part, timeZone };
      const slots = which === 'come' ? slotsCome(plan, now) : slotsMissed(plan, madeAt, now);
      return slots.map((slot) => ({ ...slot, part, communes, endsAt: dayEndOf(slot.date, timeZone) }));
    }),
  );
};

const isPaced = (round: Round): round is Paced => round.colour !== 'green';

const makeAll = async (ctx: Context<null>, rounds: readonly Paced[], which: Which): Promise<number> => {
  if (rounds.length === 0) return 0;
  const places = await inTransaction(ctx.db, async (tx) => {
    await watchAs(tx, 'house', ctx.now);
    return listWatchedPlaces(tx, ctx.now);
  });
  let made = 0;
  for (const round of rounds)
    for (const slot of slotsOf(round, places, which, ctx.now))
      for (let more = batch; more === batch; made += more) more = await makeBatch(ctx, round, slot);
  return made;
};

/**
 * Makes the checks whose hour came while nothing ran, of today and of the days before, at the colour of then: it runs before the colour of now is taken up. One whose time is up already is an alarm
 * at once. Resolves with how many people were looked at.
 */
export const makeMissed = async (ctx: Context<null>): Promise<number> => {
  const stood = ({ madeAt, since }: Round) => ctx.now.getTime() - (madeAt ?? since).getTime() > standstillMs;
  return makeAll(ctx, (await listOpenRounds(ctx.db)).filter(isPaced).filter(stood), 'missed');
};

/** Makes the checks whose hour has come, of everyone on the watch where a round is open: once for each person and slot, whatever is killed or run twice. Resolves with how many people were looked at. */
export const makeChecks = async (ctx: Context<null>): Promise<number> => {
  const rounds = await listOpenRounds(ctx.db);
  const made = await makeAll(ctx, rounds.filter(isPaced), 'come');
  await markMade(ctx.db, rounds, ctx.now);
  return made;
};
