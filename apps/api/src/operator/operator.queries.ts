import { type Database, schema, type Transaction } from '@palier/db';
import { and, asc, count, desc, eq, isNull } from 'drizzle-orm';

const { accounts, invitations, residencePlaces, residences, roleGrants, stairs, territories } = schema;

export const insertTerritory = async (tx: Transaction, row: typeof territories.$inferInsert): Promise<void> => {
  await tx.insert(territories).values(row);
};

export const findTerritory = async (db: Database, id: string) => {
  const [row] = await db
    .select({ id: territories.id, name: territories.name })
    .from(territories)
    .where(eq(territories.id, id));
  return row;
};

export const listTerritories = (db: Database) =>
  db
    .select({ id: territories.id, name: territories.name, residences: count(residences.id) })
    .from(territories)
    .leftJoin(residences, eq(residences.territoryId, territories.id))
    .groupBy(territories.id)
    .orderBy(asc(territories.name));

type NewResidence = {
  residence: typeof residences.$inferInsert;
  place: typeof residencePlaces.$inferInsert;
  stairs: (typeof stairs.$inferInsert)[];
};

export const insertResidence = async (tx: Transaction, row: NewResidence): Promise<void> => {
  await tx.insert(residences).values(row.residence);
  await tx.insert(residencePlaces).values(row.place);
  if (row.stairs.length > 0) await tx.insert(stairs).values(row.stairs);
};

export const findResidence = async (db: Database, id: string) => {
  const [row] = await db
    .select({ id: residences.id, name: residences.name, commune: residences.commune })
    .from(residences)
    .where(eq(residences.id, id));
  return row;
};

export const listResidences = (db: Database) =>
  db
    .select({ id: residences.id, name: residences.name, commune: residences.commune, homes: residences.homes })
    .from(residences)
    .orderBy(asc(residences.commune), asc(residences.name))
    .limit(5_000);

export const findAccountId = async (db: Database, email: string): Promise<string | undefined> => {
  const [row] = await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email));
  return row?.id;
};

export const insertStaffAccount = async (tx: Transaction, row: typeof accounts.$inferInsert): Promise<void> => {
  await tx.insert(accounts).values(row);
};

export const insertGrant = async (tx: Transaction, row: typeof roleGrants.$inferInsert): Promise<void> => {
  await tx.insert(roleGrants).values(row);
};

export const listInvitations = (db: Database, residenceId: string) =>
  db
    .select({
      id: invitations.id,
      lookup: invitations.lookup,
      kind: invitations.kind,
      usesLeft: invitations.usesLeft,
      expiresAt: invitations.expiresAt,
      revokedAt: invitations.revokedAt,
    })
    .from(invitations)
    .where(eq(invitations.residenceId, residenceId))
    .orderBy(desc(invitations.createdAt))
    .limit(500);

/** Ends an invitation by its look-up id, if it was not ended yet; answers the residence it opened. */
export const claimRevocation = async (tx: Transaction, lookup: string, now: Date) => {
  const [row] = await tx
    .update(invitations)
    .set({ revokedAt: now })
    .where(and(eq(invitations.lookup, lookup), isNull(invitations.revokedAt)))
    .returning({ id: invitations.id, residenceId: invitations.residenceId });
  return row;
};
