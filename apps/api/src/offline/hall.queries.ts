import { createHash } from 'node:crypto';
import { type Database, schema, type Transaction } from '@palier/db';
import type { HallScreen } from '@palier/domain/offline';
import { and, desc, eq, isNull, lt, or } from 'drizzle-orm';
import type { ResidenceInCare } from '../residences/index.ts';

const { hallScreens, residences } = schema;
const seenEveryMs = 600_000;

/** What is kept of a screen's address. */
export const hashHallToken = (token: string): string =>
  createHash('sha256').update(`hall ${token}`).digest('base64url');

export const insertScreen = async (tx: Transaction, row: typeof hallScreens.$inferInsert): Promise<void> => {
  await tx.insert(hallScreens).values(row);
};

/** The screens of a residence that show something, the newest first. */
export const listScreens = async (
  db: Database | Transaction,
  { id: residenceId }: ResidenceInCare,
): Promise<HallScreen[]> => {
  const rows = await db
    .select({ id: hallScreens.id, createdAt: hallScreens.createdAt, seenAt: hallScreens.seenAt })
    .from(hallScreens)
    .where(and(eq(hallScreens.residenceId, residenceId), isNull(hallScreens.revokedAt)))
    .orderBy(desc(hallScreens.createdAt))
    .limit(100);
  return rows.map(({ id, createdAt, seenAt }) => ({
    id,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt?.toISOString() ?? null,
  }));
};

/** The residence of a screen, whoever asks: they prove next that they look after it. */
export const findScreenHome = async (db: Database | Transaction, screenId: string): Promise<string | undefined> => {
  const [row] = await db
    .select({ residenceId: hallScreens.residenceId })
    .from(hallScreens)
    .where(and(eq(hallScreens.id, screenId), isNull(hallScreens.revokedAt)));
  return row?.residenceId;
};

/** Takes a screen's address away; false when it was. */
export const claimScreenEnd = async (tx: Transaction, screenId: string, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(hallScreens)
    .set({ revokedAt: now })
    .where(and(eq(hallScreens.id, screenId), isNull(hallScreens.revokedAt)))
    .returning({ id: hallScreens.id });
  return rows.length === 1;
};

/** Where a screen hangs, by the secret of its address. */
export const findScreen = async (db: Database | Transaction, token: string) => {
  const [row] = await db
    .select({ id: hallScreens.id, residenceId: hallScreens.residenceId, commune: residences.commune })
    .from(hallScreens)
    .innerJoin(residences, eq(residences.id, hallScreens.residenceId))
    .where(and(eq(hallScreens.tokenHash, hashHallToken(token)), isNull(hallScreens.revokedAt)));
  return row;
};

/** Remembers that a screen is on, at most every ten minutes. */
export const seeScreen = async (db: Database | Transaction, screenId: string, now: Date): Promise<void> => {
  const before = new Date(now.getTime() - seenEveryMs);
  await db
    .update(hallScreens)
    .set({ seenAt: now })
    .where(and(eq(hallScreens.id, screenId), or(isNull(hallScreens.seenAt), lt(hallScreens.seenAt, before))));
};
