import { type Database, schema, type Transaction } from '@palier/db';
import type { CoolPlace } from '@palier/domain/kits';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';

const { coolPlaces, residences } = schema;

const columns = {
  id: coolPlaces.id,
  name: coolPlaces.name,
  kind: coolPlaces.kind,
  where: coolPlaces.whereabouts,
  hours: coolPlaces.hours,
  lat: coolPlaces.lat,
  lon: coolPlaces.lon,
};

/** The cool places of a commune by name, each with its point as the map reads it. */
export const listCoolPlaces = async (db: Database | Transaction, commune: string): Promise<CoolPlace[]> => {
  const rows = await db
    .select(columns)
    .from(coolPlaces)
    .where(eq(coolPlaces.commune, commune))
    .orderBy(asc(coolPlaces.name));
  return rows.map(({ lat, lon, ...row }) => ({ ...row, pin: lat === null || lon === null ? null : `${lat} ${lon}` }));
};

/** Has whoever adds to the list of one commune wait for whoever does at this moment: its length is then what it was counted. */
export const lockCoolPlaces = async (tx: Transaction, commune: string): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`cool places ${commune}`}, 0))`);
};

export const findCoolPlaceCommune = async (db: Database | Transaction, id: string) => {
  const [row] = await db.select({ commune: coolPlaces.commune }).from(coolPlaces).where(eq(coolPlaces.id, id));
  return row?.commune;
};

export const deleteCoolPlace = async (tx: Transaction, id: string): Promise<boolean> => {
  const rows = await tx.delete(coolPlaces).where(eq(coolPlaces.id, id)).returning({ id: coolPlaces.id });
  return rows.length === 1;
};

/** Whether one of these territories has a residence in the commune. */
export const isOpenIn = async (db: Database | Transaction, territoryIds: readonly string[], commune: string) => {
  if (territoryIds.length === 0) return false;
  const rows = await db
    .select({ id: residences.id })
    .from(residences)
    .where(and(inArray(residences.territoryId, [...territoryIds]), eq(residences.commune, commune)))
    .limit(1);
  return rows.length === 1;
};
