import { type Database, schema, type Transaction } from '@palier/db';
import type { SetColour, Statement, WeatherColour, WeatherProblem } from '@palier/domain/weather';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';

const { residences, territories, weatherByHand, weatherColours, weatherSource } = schema;
const isTheSource = eq(weatherSource.id, 1);

/** Takes the turn to read the source until `leaseUntil`, if it is due or its address is another; null when it is not, else how often it failed in a row. */
export const claimReading = async (
  db: Database,
  source: string,
  now: Date,
  leaseUntil: Date,
): Promise<{ failures: number } | null> => {
  const [row] = await db
    .insert(weatherSource)
    .values({ id: 1, source, nextAt: leaseUntil, failures: 0 })
    .onConflictDoUpdate({
      target: weatherSource.id,
      set: { source, nextAt: leaseUntil },
      setWhere: sql`(${weatherSource.nextAt} <= ${now.toISOString()} or ${weatherSource.source} <> ${source})`,
    })
    .returning({ failures: weatherSource.failures });
  return row ?? null;
};

/** Notes a failure; the last good bulletin stays as it is. */
export const noteFailure = async (db: Database, problem: WeatherProblem, failures: number, nextAt: Date) => {
  await db.update(weatherSource).set({ problem, failures, nextAt }).where(isTheSource);
};

/** Keeps a good bulletin: each department it speaks of, and when it was read. What it does not speak of stays. */
export const keepBulletin = async (
  tx: Transaction,
  statements: readonly Statement[],
  at: { issuedAt: Date; readAt: Date; nextAt: Date },
): Promise<void> => {
  if (statements.length > 0)
    await tx
      .insert(weatherColours)
      .values([...statements])
      .onConflictDoUpdate({
        target: [weatherColours.department, weatherColours.hazard],
        set: {
          colour: sql`excluded.colour`,
          next: sql`excluded.next`,
          turnsAt: sql`excluded.turns_at`,
          statedAt: sql`excluded.stated_at`,
        },
      });
  await tx
    .update(weatherSource)
    .set({ ...at, failures: 0, problem: null })
    .where(isTheSource);
};

export const findSource = async (db: Database | Transaction) => {
  const [row] = await db.select().from(weatherSource).where(isTheSource);
  return row ?? null;
};

export const listStatements = (db: Database | Transaction) => db.select().from(weatherColours);

/** Takes the turn to tell of a new colour: false when another process did. */
export const claimTelling = async (
  tx: Transaction,
  { department, hazard, told }: Pick<typeof weatherColours.$inferSelect, 'department' | 'hazard' | 'told'>,
  colour: WeatherColour,
): Promise<boolean> => {
  const rows = await tx
    .update(weatherColours)
    .set({ told: colour })
    .where(
      and(eq(weatherColours.department, department), eq(weatherColours.hazard, hazard), eq(weatherColours.told, told)),
    )
    .returning({ told: weatherColours.told });
  return rows.length === 1;
};

/** Accounts that coordinate a territory with residences in a department, or are referents of one there; of one territory alone when it is given. */
export const listKeepers = async (
  db: Database | Transaction,
  department: string,
  territoryId: string | null = null,
): Promise<string[]> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct g.account_id as id from role_grants g join residences r on (r.id = g.residence_id or r.territory_id = g.territory_id)
    where g.revoked_at is null and g.role in ('referent', 'coordinator') and starts_with(r.commune, ${department})
      and (${territoryId}::uuid is null or r.territory_id = ${territoryId}::uuid)`);
  return rows.map(({ id }) => id);
};

/** Sets a colour by hand, or takes it back. */
export const writeByHand = async (
  tx: Transaction,
  territoryId: string,
  { department, hazard, colour }: SetColour,
  setAt: Date,
): Promise<void> => {
  if (colour)
    await tx
      .insert(weatherByHand)
      .values({ territoryId, department, hazard, colour, setAt })
      .onConflictDoUpdate({
        target: [weatherByHand.territoryId, weatherByHand.department, weatherByHand.hazard],
        set: { colour, setAt },
      });
  else
    await tx
      .delete(weatherByHand)
      .where(
        and(
          eq(weatherByHand.territoryId, territoryId),
          eq(weatherByHand.department, department),
          eq(weatherByHand.hazard, hazard),
        ),
      );
};

/** What was set by hand in these territories. */
export const listByHand = async (db: Database, territoryIds: readonly string[]) =>
  territoryIds.length === 0
    ? []
    : db
        .select({
          territoryId: weatherByHand.territoryId,
          name: territories.name,
          department: weatherByHand.department,
          hazard: weatherByHand.hazard,
          colour: weatherByHand.colour,
          setAt: weatherByHand.setAt,
        })
        .from(weatherByHand)
        .innerJoin(territories, eq(territories.id, weatherByHand.territoryId))
        .where(inArray(weatherByHand.territoryId, [...territoryIds]))
        .orderBy(asc(territories.name), asc(weatherByHand.department), asc(weatherByHand.hazard));

/** The territories of these residences. */
export const territoriesOf = async (db: Database, residenceIds: readonly string[]): Promise<string[]> => {
  if (residenceIds.length === 0) return [];
  const rows = await db
    .selectDistinct({ id: residences.territoryId })
    .from(residences)
    .where(inArray(residences.id, [...residenceIds]));
  return rows.map(({ id }) => id);
};

/** The communes that territories have residences in. */
export const listCommunesOf = async (db: Database | Transaction, territoryIds: readonly string[]) =>
  territoryIds.length === 0
    ? []
    : db
        .selectDistinct({ id: territories.id, name: territories.name, commune: residences.commune })
        .from(residences)
        .innerJoin(territories, eq(territories.id, residences.territoryId))
        .where(inArray(territories.id, [...territoryIds]));

/** The communes of a department with residences. */
export const listOpenIn = async (db: Database | Transaction, department: string): Promise<string[]> => {
  const rows = await db
    .selectDistinct({ commune: residences.commune })
    .from(residences)
    .where(sql`starts_with(${residences.commune}, ${department})`);
  return rows.map(({ commune }) => commune);
};

/** What the territories with residences in a commune set by hand for its department. */
export const listHandsOn = (db: Database | Transaction, commune: string, department: string) =>
  db
    .selectDistinct({ hazard: weatherByHand.hazard, colour: weatherByHand.colour })
    .from(weatherByHand)
    .innerJoin(residences, eq(residences.territoryId, weatherByHand.territoryId))
    .where(and(eq(residences.commune, commune), eq(weatherByHand.department, department)));

/** What was set by hand, everywhere. */
export const listEveryByHand = (db: Database | Transaction) => db.select().from(weatherByHand);
