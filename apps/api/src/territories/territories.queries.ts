import { type Database, schema, type Transaction } from '@palier/db';
import { and, eq, isNull } from 'drizzle-orm';

const { accounts, residencePlaces, residences, roleGrants, stairs, territories } = schema;

export const findTerritory = async (db: Database | Transaction, id: string) => {
  const [row] = await db
    .select({ id: territories.id, name: territories.name })
    .from(territories)
    .where(eq(territories.id, id));
  return row;
};

/** Opens a residence; false when its list already opened it. The exact point and the address go to their own table. */
export const insertResidence = async (
  tx: Transaction,
  row: typeof residences.$inferInsert,
  place: { lat: number; lon: number; address: string },
  named: (typeof stairs.$inferInsert)[],
): Promise<boolean> => {
  const opened = await tx.insert(residences).values(row).onConflictDoNothing().returning({ id: residences.id });
  if (opened.length === 0) return false;
  await tx.insert(residencePlaces).values({ residenceId: row.id, ...place });
  if (named.length > 0) await tx.insert(stairs).values(named);
  return true;
};

/** Whether a residence of this name is open in a commune of a territory. */
export const hasNamesake = async (tx: Transaction, territoryId: string, commune: string, name: string) => {
  const rows = await tx
    .select({ id: residences.id })
    .from(residences)
    .where(and(eq(residences.territoryId, territoryId), eq(residences.commune, commune), eq(residences.name, name)));
  return rows.length > 0;
};

/** What names the residences that lists already opened in a territory: `commune key`. */
export const listImportKeys = async (db: Database | Transaction, territoryId: string): Promise<ReadonlySet<string>> => {
  const rows = await db
    .select({ commune: residences.commune, key: residences.importKey })
    .from(residences)
    .where(eq(residences.territoryId, territoryId));
  return new Set(rows.map(({ commune, key }) => `${commune} ${key}`));
};

/** Locks a territory, so that two imports of one list do not cross. */
export const lockTerritory = async (tx: Transaction, id: string): Promise<void> => {
  await tx.select({ id: territories.id }).from(territories).where(eq(territories.id, id)).for('no key update');
};

export const findAccountByEmail = async (db: Database | Transaction, email: string) => {
  const [row] = await db
    .select({ id: accounts.id, displayName: accounts.displayName })
    .from(accounts)
    .where(eq(accounts.email, email));
  return row;
};

/** Grants a referent's role for a residence, unless it is held. The residence is locked meanwhile. */
export const insertReferent = async (
  tx: Transaction,
  row: typeof roleGrants.$inferInsert & { residenceId: string },
) => {
  const { accountId, residenceId } = row;
  await tx.select({ id: residences.id }).from(residences).where(eq(residences.id, residenceId)).for('no key update');
  const held = await tx
    .select({ id: roleGrants.id })
    .from(roleGrants)
    .where(
      and(eq(roleGrants.accountId, accountId), eq(roleGrants.residenceId, residenceId), isNull(roleGrants.revokedAt)),
    );
  if (held.length > 0) return false;
  await tx.insert(roleGrants).values(row);
  return true;
};

/** A referent's grant that stands. */
export const findGrant = async (db: Database, id: string) => {
  const [row] = await db
    .select({ id: roleGrants.id, accountId: roleGrants.accountId, residenceId: roleGrants.residenceId })
    .from(roleGrants)
    .where(and(eq(roleGrants.id, id), eq(roleGrants.role, 'referent'), isNull(roleGrants.revokedAt)));
  return row;
};

export const claimRetirement = async (tx: Transaction, id: string, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(roleGrants)
    .set({ revokedAt: now })
    .where(and(eq(roleGrants.id, id), isNull(roleGrants.revokedAt)))
    .returning({ id: roleGrants.id });
  return rows.length === 1;
};
