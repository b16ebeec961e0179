import { type Database, schema, type Transaction } from '@palier/db';
import type { OfflineResident } from '@palier/domain/offline';
import type { Consent } from '@palier/domain/residences';
import { and, asc, eq, isNull, type SQL } from 'drizzle-orm';
import type { ResidenceInCare } from '../residences/index.ts';

const { accounts, residentConsents, residents, stairs } = schema;

const viewed = {
  id: residents.id,
  residenceId: residents.residenceId,
  displayName: residents.displayName,
  stair: stairs.name,
  floor: residents.floor,
  consent: residentConsents.consent,
  consentedAt: residentConsents.givenAt,
  welcomedBy: accounts.displayName,
};

const selectOffline = (db: Database | Transaction, where: SQL | undefined) =>
  db
    .select(viewed)
    .from(residentConsents)
    .innerJoin(residents, eq(residents.id, residentConsents.residentId))
    .innerJoin(accounts, eq(accounts.id, residentConsents.recordedBy))
    .leftJoin(stairs, eq(stairs.id, residents.stairId))
    .where(and(isNull(residents.accountId), isNull(residents.leftAt), where))
    .orderBy(asc(residents.displayName), asc(residents.id))
    .limit(500);
export type OfflineRow = Awaited<ReturnType<typeof selectOffline>>[number];

/** A neighbour without internet as their referents read them. */
export const offlineView = ({ consentedAt, consent, id, displayName, stair, floor }: OfflineRow): OfflineResident => ({
  id,
  displayName,
  stair,
  floor,
  consent,
  consentedAt: consentedAt.toISOString(),
});

/** The neighbours without internet of a residence, by name; at most 500. */
export const listOfflineResidents = (
  db: Database | Transaction,
  { id: residenceId }: ResidenceInCare,
): Promise<OfflineRow[]> => selectOffline(db, eq(residents.residenceId, residenceId));

/** A neighbour without internet, wherever they live: whoever asks proves next that they look after it. */
export const findOfflineResident = async (
  db: Database | Transaction,
  residentId: string,
): Promise<OfflineRow | undefined> => (await selectOffline(db, eq(residents.id, residentId)))[0];

/** Writes a neighbour without internet down: a resident with no account, known by whoever vouches for them. */
export const insertOfflineResident = async (
  tx: Transaction,
  resident: Pick<typeof residents.$inferInsert, 'id' | 'residenceId' | 'stairId' | 'floor' | 'displayName'>,
  given: { consent: Consent; givenAt: Date; recordedBy: string },
): Promise<void> => {
  const { givenAt } = given;
  await tx.insert(residents).values({ ...resident, trust: 'known', joinedAt: givenAt, lastSeenAt: givenAt });
  await tx.insert(residentConsents).values({ residentId: resident.id, ...given });
};

/** Whether a stair is one of this residence's. */
export const isStairOf = async (db: Database | Transaction, stairId: string, residenceId: string): Promise<boolean> => {
  const rows = await db
    .select({ id: stairs.id })
    .from(stairs)
    .where(and(eq(stairs.id, stairId), eq(stairs.residenceId, residenceId)));
  return rows.length === 1;
};
