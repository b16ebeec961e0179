import { schema, type Transaction } from '@palier/db';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { EditWatch, WatchEntry } from '@palier/domain/watch';
import { and, asc, eq, isNull, lte, type SQL } from 'drizzle-orm';
import { newId } from '../ids.ts';

const { residences, residents, stairs, territories, watchContacts, watchPeople, watchReaders } = schema;

type Contacts = EditWatch['contacts'];

/** Puts a person on the watch, unless they are on it. Through `own` or `house`. */
export const insertPerson = async (tx: Transaction, row: typeof watchPeople.$inferInsert): Promise<boolean> => {
  const { rowCount } = await tx.insert(watchPeople).values(row).onConflictDoNothing();
  return rowCount === 1;
};

/** Writes whom to call, in the place of those who were. */
export const replaceContacts = async (tx: Transaction, personId: string, contacts: Contacts): Promise<void> => {
  await tx.delete(watchContacts).where(eq(watchContacts.personId, personId));
  if (contacts.length > 0)
    await tx.insert(watchContacts).values(contacts.map((one, n) => ({ ...one, id: newId(), personId, place: n + 1 })));
};

/** Changes a resident's entry, if they are on the watch, and their consent lapses by `lapsesBy` where one is given. */
export const claimEntry = async (
  tx: Transaction,
  residentId: string,
  set: Partial<typeof watchPeople.$inferInsert>,
  lapsesBy?: Date,
): Promise<string | undefined> => {
  const [row] = await tx
    .update(watchPeople)
    .set(set)
    .where(
      and(
        eq(watchPeople.residentId, residentId),
        isNull(watchPeople.withdrawnAt),
        lapsesBy && lte(watchPeople.lapsesAt, lapsesBy),
      ),
    )
    .returning({ id: watchPeople.id });
  return row?.id;
};

/** Whom a person's readers are, and who speaks for them: the accounts that hear of a change. */
export const listReaderAccounts = async (tx: Transaction, personId: string): Promise<string[]> => {
  const rows = await tx
    .select({ accountId: watchReaders.accountId })
    .from(watchReaders)
    .where(and(eq(watchReaders.personId, personId), isNull(watchReaders.refusedAt), isNull(watchReaders.endedAt)));
  return rows.map(({ accountId }) => accountId);
};

const entryWhere = async (tx: Transaction, where: SQL | undefined): Promise<WatchEntry | undefined> => {
  const [row] = await tx
    .select({ person: watchPeople, residence: residences.name, commune: residences.commune, stair: stairs.name })
    .from(watchPeople)
    .innerJoin(residences, eq(residences.id, watchPeople.residenceId))
    .leftJoin(stairs, eq(stairs.id, watchPeople.stairId))
    .where(and(where, isNull(watchPeople.withdrawnAt)));
  if (!row) return undefined;
  const { person } = row;
  const contacts = await tx
    .select({ name: watchContacts.name, phone: watchContacts.phone })
    .from(watchContacts)
    .where(eq(watchContacts.personId, person.id))
    .orderBy(asc(watchContacts.place));
  const { id, name, floor, door, topFloor, phone, part, language, consent, consentVersion, signedOn, signatory } =
    person;
  return {
    ...{
      id,
      name,
      floor,
      door,
      topFloor,
      phone,
      part,
      language,
      consent,
      consentVersion,
      signedOn,
      signatory,
      contacts,
    },
    residence: { id: person.residenceId, name: row.residence },
    stair: person.stairId && row.stair ? { id: person.stairId, name: row.stair } : null,
    consentedAt: person.consentedAt.toISOString(),
    lapsesAt: person.lapsesAt.toISOString(),
    timeZone: timeZoneOfCommune(row.commune),
  };
};

/** The entry of a resident, as the transaction may see it. */
export const findOwnEntry = (tx: Transaction, residentId: string) =>
  entryWhere(tx, eq(watchPeople.residentId, residentId));

/** An entry by its id, as the transaction may see it. */
export const findEntry = (tx: Transaction, personId: string) => entryWhere(tx, eq(watchPeople.id, personId));

/** Who a person on the watch is, and who was handed their slip: for the rules of naming. Through `house`. */
export const findPersonBehind = async (tx: Transaction, personId: string) => {
  const [row] = await tx
    .select({
      residentId: residents.id,
      accountId: residents.accountId,
      recordedBy: watchPeople.recordedBy,
      territoryId: territories.id,
    })
    .from(watchPeople)
    .innerJoin(residents, eq(residents.id, watchPeople.residentId))
    .innerJoin(residences, eq(residences.id, watchPeople.residenceId))
    .innerJoin(territories, eq(territories.id, residences.territoryId))
    .where(and(eq(watchPeople.id, personId), isNull(watchPeople.withdrawnAt)));
  return row;
};
