import { type Database, schema, type Transaction } from '@palier/db';
import type { InvitationKind } from '@palier/domain/accounts';
import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';

const { invitations, residences, stairs } = schema;

/** A code that can still be used, and the residence it opens. */
export const findUsableInvitation = async (db: Database | Transaction, lookup: string, now: Date) => {
  const [row] = await db
    .select({
      id: invitations.id,
      kind: invitations.kind,
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

export const insertInvitation = async (
  tx: Transaction,
  row: {
    id: string;
    lookup: string;
    secretHash: string;
    kind: InvitationKind;
    residenceId: string;
    usesLeft: number | null;
    expiresAt: Date;
  },
): Promise<void> => {
  await tx.insert(invitations).values(row);
};

export const listStairs = (db: Database | Transaction, residenceId: string) =>
  db
    .select({ id: stairs.id, name: stairs.name })
    .from(stairs)
    .where(eq(stairs.residenceId, residenceId))
    .orderBy(asc(stairs.name));
