import { inTransaction, schema, type Transaction, watchAs } from '@palier/db';
import { eq } from 'drizzle-orm';
import { newId } from '../src/ids.ts';
import type { Harness } from './harness.ts';

type Entry = Partial<typeof schema.watchPeople.$inferInsert> & { contacts?: number };
type Naming = Partial<typeof schema.watchReaders.$inferInsert>;

/** Plants people on the watch, their readers and volunteers, straight into the tables. */
export const watched = (h: Harness) => {
  const now = () => h.deps.clock();
  const later = (days: number) => new Date(now().getTime() + days * 86_400_000);
  const asHouse = (write: (tx: Transaction) => Promise<unknown>) =>
    inTransaction(h.db, async (tx) => {
      await watchAs(tx, 'house', now());
      await write(tx);
    });
  return {
    asHouse,
    /** Takes the entries and offers of these residents away, and those that came by a slip handed to somebody. */
    clear: (residentIds: readonly string[], recordedBy?: string) =>
      asHouse(async (tx) => {
        for (const id of residentIds) {
          await tx.delete(schema.watchPeople).where(eq(schema.watchPeople.residentId, id));
          await tx.delete(schema.watchVolunteers).where(eq(schema.watchVolunteers.residentId, id));
        }
        if (recordedBy) await tx.delete(schema.watchPeople).where(eq(schema.watchPeople.recordedBy, recordedBy));
      }),
    /** A resident on the watch, with `contacts` people to call (none by default). */
    plant: async (someone: { id: string; residenceId: string; stairId?: string | null }, entry: Entry = {}) => {
      const { contacts = 0, ...rest } = entry;
      const personId = newId();
      const [residence] = await h.db
        .select({ territoryId: schema.residences.territoryId })
        .from(schema.residences)
        .where(eq(schema.residences.id, someone.residenceId));
      await asHouse(async (tx) => {
        await tx.insert(schema.watchPeople).values({
          ...{
            id: personId,
            residentId: someone.id,
            residenceId: someone.residenceId,
            stairId: someone.stairId ?? null,
          },
          ...{
            name: 'Odette',
            floor: 4,
            door: '12',
            topFloor: true,
            phone: '+33450000000',
            part: 'morning',
            language: 'fr',
          },
          ...{ consent: 'screen', consentVersion: '1', consentedAt: now(), joinedAt: now(), lapsesAt: later(365) },
          ...rest,
        });
        for (let place = 1; place <= contacts; place++)
          await tx
            .insert(schema.watchContacts)
            .values({ id: newId(), personId, place, name: `Proche ${place}`, phone: '+33450000001' });
      });
      return { personId, territoryId: residence?.territoryId ?? '' };
    },
    /** Names a reader, already effective unless said otherwise. */
    name: async (personId: string, accountId: string, naming: Naming = {}) => {
      const id = newId();
      const announced = { announcedAt: later(-3), effectiveAt: later(-1), endsAt: later(90) };
      await asHouse((tx) =>
        tx
          .insert(schema.watchReaders)
          .values({ id, personId, accountId, namedBy: accountId, namedAt: later(-3), ...announced, ...naming }),
      );
      return id;
    },
    read: (personId: string, accountId: string) =>
      asHouse((tx) =>
        tx
          .insert(schema.watchReadings)
          .values({ id: newId(), personId, accountId, readAs: 'reader', what: 'entry', at: now() }),
      ),
    volunteer: async (residentId: string, territoryId: string, acceptedBy?: string) => {
      const id = newId();
      const accepted = acceptedBy ? { acceptedBy, acceptedAt: now() } : {};
      await asHouse((tx) =>
        tx.insert(schema.watchVolunteers).values({ id, residentId, territoryId, offeredAt: now(), ...accepted }),
      );
      return id;
    },
  };
};
