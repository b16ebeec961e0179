import { inTransaction, type Transaction, watchAs } from '@palier/db';
import { answerWithinMs, closesByItself, gapMs, opensRound, paceOf } from '@palier/domain/watch';
import { departmentOfCommune, rankOf, type WeatherColour, WeatherHazard } from '@palier/domain/weather';
import { sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { record } from '../record.ts';
import { type ColourOf, readColours } from '../weather/index.ts';
import {
  claimClosing,
  claimPace,
  insertRound,
  listLastClosed,
  listOpenRounds,
  listWatchedPlaces,
  noteCalm,
  type Round,
} from './rounds.queries.ts';
import { byItself, coverageMoved } from './watch-event.ts';

/**
 * Open checks are due sooner when the colour rises, never later: the domain's `hastened`, for all of a round at once. Nobody holds one past its escalation, and whoever was missed is offered again
 * within a quarter of an hour, not at the slower colour's next attempt.
 */
export const hasten = async (tx: Transaction, roundId: string, colour: WeatherColour, now: Date): Promise<void> => {
  if (colour === 'green') return;
  const within = answerWithinMs[colour];
  const sooner = sql`least(escalates_at, greatest(due_at + ${within}::int * interval '1 ms', ${now.toISOString()}))`;
  await tx.execute(sql`
    update watch_checks set colour = ${colour}, escalates_at = ${sooner}, offered_at = least(offered_at, greatest(due_at, ${new Date(now.getTime() + gapMs).toISOString()})), held_until = case when state = 'claimed' then least(held_until, ${sooner}) end
    where round_id = ${roundId} and state in ('due', 'claimed', 'no-answer')`);
};

/** Ends the checks of a round that nobody has begun: those that somebody did not answer, holds, or that are an alarm, stay until somebody is reached. */
export const cancelUnbegun = async (tx: Transaction, roundId: string, now: Date): Promise<void> => {
  await tx.execute(sql`
    update watch_checks set state = 'cancelled', ended_at = ${now.toISOString()} where round_id = ${roundId} and state = 'due' and attempts = 0`);
};

const reasonOf = ({ hazard, department }: Pick<Round, 'hazard' | 'department'>, colour: string): string =>
  `${hazard}:${department}:${colour}`;

const keepOne = async (ctx: Context<null>, round: Round, colourOf: ColourOf): Promise<void> => {
  const { now } = ctx;
  const known = colourOf(round.territoryId, round.department, round.hazard);
  const { id: subjectId } = round;
  const entry = { ...byItself(now), subject: 'round', subjectId } as const;
  if (closesByItself(round, known)) {
    await inTransaction(ctx.db, async (tx) => {
      await watchAs(tx, 'house', now);
      if (!(await claimClosing(tx, round.id, { closedAt: now, closedBy: null, wasCalm: true }))) return;
      await cancelUnbegun(tx, round.id, now);
      await record(tx, { ...entry, action: 'round.close', reason: reasonOf(round, 'green') }, [
        coverageMoved(round.id),
      ]);
    });
    return;
  }
  const colour = paceOf(round, known);
  if (colour === round.colour) return;
  await inTransaction(ctx.db, async (tx) => {
    await watchAs(tx, 'house', now);
    if (!(await claimPace(tx, round, { colour, since: now }))) return;
    if (rankOf(colour) > rankOf(round.colour)) await hasten(tx, round.id, colour, now);
    await record(tx, { ...entry, action: 'round.pace', reason: reasonOf(round, colour) }, [coverageMoved(round.id)]);
  });
};

const openOne = async (
  ctx: Context<null>,
  at: Pick<Round, 'territoryId' | 'department' | 'hazard'>,
  colour: WeatherColour,
) =>
  inTransaction(ctx.db, async (tx) => {
    const { now } = ctx;
    const id = newId();
    const round = { ...at, id, colour, floor: null, since: now, openedAt: now, openedBy: null };
    if (!(await insertRound(tx, round))) return;
    const reason = reasonOf(at, colour);
    await record(tx, { ...byItself(now), action: 'round.open', subject: 'round', subjectId: id, reason }, [
      coverageMoved(id),
    ]);
  });

/**
 * Keeps the rounds at the weather's pace: opens one where people are on the watch and the colour rises to yellow or more, quickens and slows those that are open, and closes those that the
 * weather opened once a fresh bulletin says green. Old news close nothing. Run twice at once, each is done once.
 */
export const keepRounds = async (ctx: Context<null>): Promise<void> => {
  const { db, now } = ctx;
  const colourOf = await readColours(db, now);
  for (const round of await listOpenRounds(db)) await keepOne(ctx, round, colourOf);
  const places = await inTransaction(db, async (tx) => {
    await watchAs(tx, 'house', now);
    return listWatchedPlaces(tx, now);
  });
  const open = new Set((await listOpenRounds(db)).map((one) => `${one.territoryId} ${one.department} ${one.hazard}`));
  const closed = await listLastClosed(db);
  const seen = new Set(places.map(({ territoryId, commune }) => `${territoryId} ${departmentOfCommune(commune)}`));
  for (const place of seen)
    for (const hazard of WeatherHazard.options) {
      const [territoryId = '', department = ''] = place.split(' ');
      const known = colourOf(territoryId, department, hazard);
      if (!known || open.has(`${place} ${hazard}`)) continue;
      const last = closed.get(`${place} ${hazard}`) ?? null;
      if (last && !last.wasCalm && known.isFresh && known.colour === 'green')
        await inTransaction(db, (tx) => noteCalm(tx, last.id));
      if (opensRound(known, last)) await openOne(ctx, { territoryId, department, hazard }, known.colour);
    }
};
