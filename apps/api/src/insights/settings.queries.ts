import { type Database, schema, type Transaction } from '@palier/db';
import type { Hourly } from '@palier/domain/insights';
import { eq } from 'drizzle-orm';

const { townSettings } = schema;

/** What a town hall decided of its figures; nothing is public and no amount set until it did. */
type Settings = { hourly: Hourly | null; publicSince: Date | null };

export const findSettings = async (db: Database | Transaction, commune: string): Promise<Settings> => {
  const [row] = await db.select().from(townSettings).where(eq(townSettings.commune, commune));
  const { hourlyCents = null, hourlySource = null, publicSince = null } = row ?? {};
  const isSet = hourlyCents !== null && hourlySource !== null;
  return { hourly: isSet ? { cents: hourlyCents, source: hourlySource } : null, publicSince };
};

export const upsertHourly = async (
  tx: Transaction,
  commune: string,
  hourly: Hourly | null,
  at: Date,
): Promise<void> => {
  const set = { hourlyCents: hourly?.cents ?? null, hourlySource: hourly?.source ?? null, hourlySetAt: at };
  await tx
    .insert(townSettings)
    .values({ commune, ...set })
    .onConflictDoUpdate({ target: townSettings.commune, set });
};

export const upsertPublic = async (tx: Transaction, commune: string, publicSince: Date | null): Promise<void> => {
  await tx
    .insert(townSettings)
    .values({ commune, publicSince })
    .onConflictDoUpdate({ target: townSettings.commune, set: { publicSince } });
};
