import { type Database, schema, type Transaction } from '@palier/db';
import { and, asc, count, desc, eq, gte, inArray, min, notLike, sql } from 'drizzle-orm';

const { releases, boards, outlines, residences, residents, kitDownloads } = schema;

export type NewRelease = typeof releases.$inferInsert;

/** The communes with residences, each with when the first was opened and how many ever lived there. */
export const listOpenCommunes = (db: Database) =>
  db
    .select({ insee: residences.commune, since: min(residences.createdAt), people: count(residents.id) })
    .from(residences)
    .leftJoin(residents, eq(residents.residenceId, residences.id))
    .groupBy(residences.commune)
    .orderBy(asc(residences.commune));

/** When each residence of these communes was opened. */
export const listOpenings = (db: Database, communes: readonly string[]) =>
  db
    .select({ insee: residences.commune, at: residences.createdAt })
    .from(residences)
    .where(inArray(residences.commune, [...communes]));

/** How many papers of kits were taken for these communes, by day, from a day on. */
export const listDownloads = (db: Database | Transaction, communes: readonly string[], since: string) =>
  db
    .select({ insee: kitDownloads.commune, day: kitDownloads.day, count: sql<number>`sum(${kitDownloads.count})::int` })
    .from(kitDownloads)
    .where(and(inArray(kitDownloads.commune, [...communes]), gte(kitDownloads.day, since)))
    .groupBy(kitDownloads.commune, kitDownloads.day);

/** Which periods of these communes were released, by commune. */
export const listReleased = async (db: Database, communes: readonly string[]): Promise<Map<string, string[]>> => {
  const rows = await db
    .select({ commune: releases.commune, periods: sql<string[]>`array_agg(${releases.period})` })
    .from(releases)
    .where(inArray(releases.commune, [...communes]))
    .groupBy(releases.commune);
  return new Map(rows.map(({ commune, periods }) => [commune, periods]));
};

/** Keeps releases in one statement; one that another process kept first stays as it is. Resolves with the commune of each that was new. */
export const insertReleases = async (tx: Transaction, rows: readonly NewRelease[]): Promise<string[]> => {
  if (rows.length === 0) return [];
  const kept = await tx
    .insert(releases)
    .values([...rows])
    .onConflictDoNothing()
    .returning({ commune: releases.commune });
  return kept.map(({ commune }) => commune);
};

/** The releases of communes for some periods, the last of each. */
export const findReleases = (db: Database | Transaction, communes: readonly string[], periods: readonly string[]) =>
  db
    .selectDistinctOn([releases.commune, releases.period], {
      commune: releases.commune,
      period: releases.period,
      body: releases.body,
      sha256: releases.sha256,
    })
    .from(releases)
    .where(and(inArray(releases.commune, [...communes]), inArray(releases.period, [...periods])))
    .orderBy(asc(releases.commune), asc(releases.period), desc(releases.number));

/** Every release of a commune, as they were kept. */
export const listReleases = (db: Database, commune: string) =>
  db
    .select({ period: releases.period, number: releases.number, body: releases.body, sha256: releases.sha256 })
    .from(releases)
    .where(eq(releases.commune, commune))
    .orderBy(asc(releases.builtAt), asc(releases.period));

/** What the board of a month shows; undefined before its first refresh. */
export const findBoard = async (db: Database | Transaction, commune: string, month: string) => {
  const [row] = await db
    .select({ people: boards.people, refreshedAt: boards.refreshedAt })
    .from(boards)
    .where(and(eq(boards.commune, commune), eq(boards.month, month)));
  return row;
};

/** Shows a value on the board of a month: never less than it showed. */
export const upsertBoard = async (
  db: Database | Transaction,
  row: { commune: string; month: string; people: number | null; refreshedAt: Date },
): Promise<void> => {
  await db
    .insert(boards)
    .values(row)
    .onConflictDoUpdate({
      target: [boards.commune, boards.month],
      set: { people: sql`greatest(${boards.people}, excluded.people)`, refreshedAt: sql`excluded.refreshed_at` },
    });
};

/** The outlines loaded for these communes. */
export const findOutlines = (db: Database | Transaction, communes: readonly string[]) =>
  db
    .select({ commune: outlines.commune, outline: outlines.outline })
    .from(outlines)
    .where(inArray(outlines.commune, [...communes]));

/** Loads an outline in place of any before. */
export const upsertOutline = async (tx: Transaction, row: typeof outlines.$inferInsert): Promise<void> => {
  const { commune: _, ...set } = row;
  await tx.insert(outlines).values(row).onConflictDoUpdate({ target: outlines.commune, set });
};

/** The communes that share a territory with this one, itself among them. */
export const listNeighbouringCommunes = async (db: Database | Transaction, insee: string): Promise<string[]> => {
  const rows = await db
    .selectDistinct({ commune: residences.commune })
    .from(residences)
    .where(
      inArray(
        residences.territoryId,
        db.select({ id: residences.territoryId }).from(residences).where(eq(residences.commune, insee)),
      ),
    );
  return rows.map(({ commune }) => commune).sort();
};

/** The names of what was released of a commune, newest first. */
export const listReleasedOf = async (db: Database | Transaction, commune: string) => {
  const rows = await db
    .selectDistinct({ period: releases.period })
    .from(releases)
    .where(eq(releases.commune, commune))
    .orderBy(desc(releases.period));
  const periods = rows.map(({ period }) => period);
  return { months: periods.filter((id) => id[5] !== 'W'), weeks: periods.filter((id) => id[5] === 'W') };
};

/** The months that were released of any of these communes, newest first. */
export const listMonthsOf = async (db: Database | Transaction, communes: readonly string[]): Promise<string[]> => {
  const rows = await db
    .selectDistinct({ period: releases.period })
    .from(releases)
    .where(and(inArray(releases.commune, [...communes]), notLike(releases.period, '%W%')))
    .orderBy(desc(releases.period));
  return rows.map(({ period }) => period);
};

/** The communes where these territories have residences. */
export const listCommunesIn = async (
  db: Database | Transaction,
  territoryIds: readonly string[],
): Promise<string[]> => {
  const rows = await db
    .selectDistinct({ commune: residences.commune })
    .from(residences)
    .where(inArray(residences.territoryId, [...territoryIds]));
  return rows.map(({ commune }) => commune);
};

/** How many residences of a commune are open. */
export const countResidences = async (db: Database | Transaction, commune: string): Promise<number> => {
  const [row] = await db.select({ n: count() }).from(residences).where(eq(residences.commune, commune));
  return row?.n ?? 0;
};
