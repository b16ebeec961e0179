import { type Database, schema, type Transaction } from '@palier/db';
import type { WeatherColour, WeatherHazard } from '@palier/domain/weather';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';

const { territories, watchRounds } = schema;

export type Round = typeof watchRounds.$inferSelect;
export type Place = { territoryId: string; commune: string };

/**
 * On the watch now, past the wall: asked for, not withdrawn nor lapsed, and with a first reader announced for 48 hours. One is enough to begin: nobody stays unvisited because the second of their
 * two readers lacks, which the coordinator's desk and the person's own page say; nor because a reader left and was forgotten. `p` is `watch_people`.
 */
export const isWatched = (now: Date) => sql`p.withdrawn_at is null and p.lapses_at > ${now.toISOString()}
  and (exists (select from watch_readers w where w.person_id = p.id and w.effective_at <= ${now.toISOString()}) or exists (select from watch_checks k where k.person_id = p.id))`;

/** Where people are on the watch: their territories and communes. */
export const listWatchedPlaces = async (tx: Transaction, now: Date): Promise<Place[]> => {
  const { rows } = await tx.execute<{ territory_id: string; commune: string }>(sql`
    select distinct e.territory_id, e.commune from watch_people p join residences e on e.id = p.residence_id where ${isWatched(now)}`);
  return rows.map((row) => ({ territoryId: row.territory_id, commune: row.commune }));
};

export const listOpenRounds = (db: Database | Transaction): Promise<Round[]> =>
  db.select().from(watchRounds).where(isNull(watchRounds.closedAt)).orderBy(asc(watchRounds.openedAt));

/** The last round of each territory, department and hazard that is closed, by `territory department hazard`. */
export const listLastClosed = async (db: Database | Transaction): Promise<Map<string, Round>> => {
  const rows = await db
    .selectDistinctOn([watchRounds.territoryId, watchRounds.department, watchRounds.hazard])
    .from(watchRounds)
    .where(sql`${watchRounds.closedAt} is not null`)
    .orderBy(
      watchRounds.territoryId,
      watchRounds.department,
      watchRounds.hazard,
      sql`${watchRounds.openedAt} desc, ${watchRounds.closedAt} desc`,
    );
  return new Map(rows.map((row) => [`${row.territoryId} ${row.department} ${row.hazard}`, row]));
};

/** Opens a round, unless one is open there already. */
export const insertRound = async (
  tx: Transaction,
  round: Pick<Round, 'id' | 'territoryId' | 'department' | 'colour' | 'floor' | 'since' | 'openedAt' | 'openedBy'> & {
    hazard: WeatherHazard;
  },
): Promise<boolean> => {
  const rows = await tx.insert(watchRounds).values(round).onConflictDoNothing().returning({ id: watchRounds.id });
  return rows.length === 1;
};

/** Another colour for an open round, if it still has the one it is believed to have. */
export const claimPace = async (
  tx: Transaction,
  round: Pick<Round, 'id' | 'colour'>,
  set: { colour: WeatherColour; floor?: WeatherColour | null; since?: Date },
): Promise<boolean> => {
  const rows = await tx
    .update(watchRounds)
    .set(set)
    .where(and(eq(watchRounds.id, round.id), eq(watchRounds.colour, round.colour), isNull(watchRounds.closedAt)))
    .returning({ id: watchRounds.id });
  return rows.length === 1;
};

export const claimClosing = async (
  tx: Transaction,
  id: string,
  by: { closedAt: Date; closedBy: string | null; wasCalm: boolean },
): Promise<boolean> => {
  const rows = await tx
    .update(watchRounds)
    .set(by)
    .where(and(eq(watchRounds.id, id), isNull(watchRounds.closedAt)))
    .returning({ id: watchRounds.id });
  return rows.length === 1;
};

/** Until when the checks of these rounds are made; it never goes back. */
export const markMade = async (db: Database, rounds: readonly Pick<Round, 'id'>[], now: Date): Promise<void> => {
  if (rounds.length === 0) return;
  const ids = rounds.map(({ id }) => id);
  await db
    .update(watchRounds)
    .set({ madeAt: now })
    .where(and(inArray(watchRounds.id, ids), sql`coalesce(${watchRounds.madeAt}, '-infinity') < ${now.toISOString()}`));
};

export const noteCalm = async (tx: Transaction, id: string): Promise<void> => {
  await tx.update(watchRounds).set({ wasCalm: true }).where(eq(watchRounds.id, id));
};

/** The open rounds of these territories, with their names. */
export const listRoundsOf = async (db: Database | Transaction, territoryIds: readonly string[]) =>
  territoryIds.length === 0
    ? []
    : db
        .select({ round: watchRounds, territory: territories.name })
        .from(watchRounds)
        .innerJoin(territories, eq(territories.id, watchRounds.territoryId))
        .where(and(isNull(watchRounds.closedAt), inArray(watchRounds.territoryId, [...territoryIds])))
        .orderBy(asc(territories.name), asc(watchRounds.department), asc(watchRounds.openedAt));

export const findRound = async (db: Database | Transaction, id: string) => {
  const [row] = await db
    .select({ round: watchRounds, territory: territories.name })
    .from(watchRounds)
    .innerJoin(territories, eq(territories.id, watchRounds.territoryId))
    .where(eq(watchRounds.id, id));
  return row;
};
