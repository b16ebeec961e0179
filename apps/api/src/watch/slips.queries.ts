import { schema, type Transaction } from '@palier/db';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { newId } from '../ids.ts';
import { insertOfflineResident } from '../offline/index.ts';

const { accounts, residences, residents } = schema;

export const findSlipHome = async (tx: Transaction, residenceId: string) => {
  const [row] = await tx
    .select({ territoryId: residences.territoryId })
    .from(residences)
    .where(eq(residences.id, residenceId));
  return row;
};

type Slip = {
  residenceId: string;
  stairId: string | null;
  floor: number | null;
  name: string;
  email: string | undefined;
  recordedBy: string;
  now: Date;
};

const here = (residenceId: string) => and(eq(residents.residenceId, residenceId), isNull(residents.leftAt));

/** Who signed a slip: the account of an address in that residence; else the neighbour without internet of that name there, made if there is none. Undefined when the address is of nobody there. */
export const residentOfSlip = async (
  tx: Transaction,
  { residenceId, stairId, floor, name, email, recordedBy, now }: Slip,
): Promise<{ id: string; accountId: string | null } | undefined> => {
  const who = { id: residents.id, accountId: residents.accountId };
  if (email !== undefined) {
    const [row] = await tx
      .select(who)
      .from(residents)
      .innerJoin(accounts, eq(accounts.id, residents.accountId))
      .where(and(here(residenceId), eq(accounts.email, email)));
    return row;
  }
  await tx.select({ id: residences.id }).from(residences).where(eq(residences.id, residenceId)).for('no key update');
  const [known] = await tx
    .select(who)
    .from(residents)
    .where(and(here(residenceId), isNull(residents.accountId), sql`lower(${residents.displayName}) = lower(${name})`))
    .limit(1);
  if (known) return known;
  const id = newId();
  const given = { consent: 'written', givenAt: now, recordedBy } as const;
  await insertOfflineResident(tx, { id, residenceId, stairId, floor, displayName: name }, given);
  return { id, accountId: null };
};
