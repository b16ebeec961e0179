import type { Database, Transaction } from '@palier/db';
import type { KnownColour } from '@palier/domain/watch';
import { colourAt, isStale, standingOf, type WeatherHazard } from '@palier/domain/weather';
import { findSource, listEveryByHand, listStatements } from './weather.queries.ts';

/** The colour of a territory in a department, for a hazard: the one set by hand there, else the map's last; null when nothing was ever said, or no longer is. */
export type ColourOf = (territoryId: string, department: string, hazard: WeatherHazard) => KnownColour | null;

/** Reads every colour known at `now`; a statement is fresh while the last bulletin makes it and was read lately. */
export const readColours = async (db: Database | Transaction, now: Date): Promise<ColourOf> => {
  const source = await findSource(db);
  const { issuedAt = null, readAt = null } = source ?? {};
  const known = new Map<string, KnownColour>();
  for (const row of issuedAt && readAt ? await listStatements(db) : []) {
    const standing = standingOf(row, issuedAt ?? row.statedAt, now);
    const isRead = issuedAt !== null && readAt !== null && !isStale(readAt, issuedAt, now);
    if (standing !== 'unwatched')
      known.set(`${row.department} ${row.hazard}`, {
        colour: colourAt(row, now),
        isFresh: isRead && standing === 'stated',
      });
  }
  const byHand = new Map(
    (await listEveryByHand(db)).map((row): [string, KnownColour] => [
      `${row.territoryId} ${row.department} ${row.hazard}`,
      { colour: row.colour, isFresh: true },
    ]),
  );
  return (territoryId, department, hazard) =>
    byHand.get(`${territoryId} ${department} ${hazard}`) ?? known.get(`${department} ${hazard}`) ?? null;
};
