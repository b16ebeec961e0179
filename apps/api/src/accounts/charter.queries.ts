import { type Database, schema, type Transaction } from '@palier/db';
import { type CharterView, standardCharter } from '@palier/domain/residences';
import { and, desc, eq } from 'drizzle-orm';

const { charters, charterSignatures } = schema;

/** A residence's charter as it stands: its own last version, or the standard one. */
export const findCharter = async (db: Database | Transaction, residenceId: string): Promise<CharterView> => {
  const [row] = await db
    .select({ version: charters.version, text: charters.text, reviewOn: charters.reviewOn })
    .from(charters)
    .where(eq(charters.residenceId, residenceId))
    .orderBy(desc(charters.version))
    .limit(1);
  return row ?? { version: standardCharter.version, text: null, reviewOn: null };
};

/** The last version of their residence's charter that a resident signed; null for none. */
export const findSigned = async (db: Database, residentId: string, residenceId: string): Promise<number | null> => {
  const [row] = await db
    .select({ version: charterSignatures.version })
    .from(charterSignatures)
    .where(and(eq(charterSignatures.residentId, residentId), eq(charterSignatures.residenceId, residenceId)))
    .orderBy(desc(charterSignatures.version))
    .limit(1);
  return row?.version ?? null;
};

/** Signs a version; signing twice is signing once. */
export const insertSignature = async (
  tx: Transaction,
  row: typeof charterSignatures.$inferInsert,
): Promise<boolean> => {
  const rows = await tx
    .insert(charterSignatures)
    .values(row)
    .onConflictDoNothing()
    .returning({ version: charterSignatures.version });
  return rows.length === 1;
};
