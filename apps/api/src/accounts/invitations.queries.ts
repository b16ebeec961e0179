import { type Database, schema, type Transaction } from '@palier/db';
import { and, asc, count, desc, eq, gt, isNull, ne, or, sql } from 'drizzle-orm';

const { invitations, residences, stairs } = schema;

/** A code that can still be used, and the residence it opens. */
export const findUsableInvitation = async (db: Database | Transaction, lookup: string, now: Date) => {
  const [row] = await db
    .select({
      id: invitations.id,
      kind: invitations.kind,
      invitedBy: invitations.invitedBy,
      secretHash: invitations.secretHash,
      residence: { id: residences.id, name: residences.name, commune: residences.commune },
    })
    .from(invitations)
    .innerJoin(residences, eq(residences.id, invitations.residenceId))
    .where(
      and(
        eq(invitations.lookup, lookup),
        gt(invitations.expiresAt, now),
        isNull(invitations.revokedAt),
        or(isNull(invitations.usesLeft), gt(invitations.usesLeft, 0)),
      ),
    );
  return row;
};

/** Takes one use of a code that has one left; no row: somebody was faster, or it was revoked meanwhile. */
export const claimInvitation = async (tx: Transaction, id: string, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(invitations)
    .set({ usesLeft: sql`${invitations.usesLeft} - 1` })
    .where(
      and(
        eq(invitations.id, id),
        gt(invitations.expiresAt, now),
        isNull(invitations.revokedAt),
        or(isNull(invitations.usesLeft), gt(invitations.usesLeft, 0)),
      ),
    )
    .returning({ id: invitations.id });
  return rows.length === 1;
};

export const insertInvitation = async (tx: Transaction, row: typeof invitations.$inferInsert): Promise<void> => {
  await tx.insert(invitations).values(row);
};

/** Whether a look-up id was ever drawn. */
export const hasLookup = async (db: Database | Transaction, lookup: string): Promise<boolean> => {
  const [row] = await db.select({ id: invitations.id }).from(invitations).where(eq(invitations.lookup, lookup));
  return row !== undefined;
};

const line = {
  id: invitations.id,
  kind: invitations.kind,
  lookup: invitations.lookup,
  usesLeft: invitations.usesLeft,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
  revokedAt: invitations.revokedAt,
};
/** How many codes one list shows: the latest. */
const shownMax = 100;

/** The latest codes of a residence, neighbours' invitations aside: those are between neighbours. */
export const listOfResidence = (db: Database, residenceId: string) =>
  db
    .select(line)
    .from(invitations)
    .where(and(eq(invitations.residenceId, residenceId), ne(invitations.kind, 'neighbour')))
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(shownMax);

/** The latest invitations that a resident made. */
export const listOfInviter = (db: Database, residentId: string) =>
  db
    .select(line)
    .from(invitations)
    .where(eq(invitations.invitedBy, residentId))
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(shownMax);

/** How many invitations a resident made since an instant. */
export const countOfInviter = async (tx: Transaction, residentId: string, since: Date): Promise<number> => {
  const [row] = await tx
    .select({ made: count() })
    .from(invitations)
    .where(and(eq(invitations.invitedBy, residentId), gt(invitations.createdAt, since)));
  return row?.made ?? 0;
};

/** A code and the residence it opens, whoever made it. */
export const findInvitation = async (db: Database, id: string) => {
  const [row] = await db
    .select({ id: invitations.id, residenceId: invitations.residenceId, kind: invitations.kind })
    .from(invitations)
    .where(eq(invitations.id, id));
  return row;
};

/** Ends a code that was not ended yet. */
export const claimEnd = async (tx: Transaction, id: string, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(invitations)
    .set({ revokedAt: now })
    .where(and(eq(invitations.id, id), isNull(invitations.revokedAt)))
    .returning({ id: invitations.id });
  return rows.length === 1;
};

export const listStairs = (db: Database | Transaction, residenceId: string) =>
  db
    .select({ id: stairs.id, name: stairs.name })
    .from(stairs)
    .where(eq(stairs.residenceId, residenceId))
    .orderBy(asc(stairs.name));
