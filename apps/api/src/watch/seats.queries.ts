import { schema, type Transaction } from '@palier/db';
import { and, asc, eq, gt, isNull, lte } from 'drizzle-orm';

const { accounts, residences, residents, stairs, watchPeople, watchReaders, watchSeats } = schema;

/** The seats of a territory's watch at `now`: somebody, in a residence, since when. No wall hides them, and they say no more. */
export const listSeats = (tx: Transaction, territoryId: string, now: Date) =>
  tx
    .select({
      id: watchSeats.id,
      residence: residences.name,
      commune: residences.commune,
      joinedAt: watchSeats.joinedAt,
      slipWith: accounts.displayName,
    })
    .from(watchSeats)
    .innerJoin(residences, eq(residences.id, watchSeats.residenceId))
    .leftJoin(accounts, eq(accounts.id, watchSeats.recordedBy))
    .where(and(eq(residences.territoryId, territoryId), gt(watchSeats.lapsesAt, now)))
    .orderBy(asc(residences.name), asc(watchSeats.joinedAt), asc(watchSeats.id));

/** Whom an account reads at `now`, as the wall lets it. */
export const listRead = async (tx: Transaction, accountId: string, now: Date) => {
  const rows = await tx
    .select({
      id: watchPeople.id,
      name: watchPeople.name,
      residence: residences.name,
      stair: stairs.name,
      endsAt: watchReaders.endsAt,
    })
    .from(watchReaders)
    .innerJoin(watchPeople, eq(watchPeople.id, watchReaders.personId))
    .innerJoin(residences, eq(residences.id, watchPeople.residenceId))
    .leftJoin(stairs, eq(stairs.id, watchPeople.stairId))
    .where(
      and(
        eq(watchReaders.accountId, accountId),
        isNull(watchReaders.refusedAt),
        isNull(watchReaders.endedAt),
        lte(watchReaders.effectiveAt, now),
        gt(watchReaders.endsAt, now),
        isNull(watchPeople.withdrawnAt),
        gt(watchPeople.lapsesAt, now),
      ),
    )
    .orderBy(asc(residences.name), asc(stairs.name), asc(watchPeople.name));
  return rows.map((row) => ({ ...row, endsAt: row.endsAt.toISOString() }));
};

/** People without an account whom the transaction may see, to be told on paper who was named for them. */
export const listOnPaper = (tx: Transaction) =>
  tx
    .select({ personId: watchPeople.id, name: watchPeople.name, residence: residences.name })
    .from(watchPeople)
    .innerJoin(residences, eq(residences.id, watchPeople.residenceId))
    .innerJoin(residents, eq(residents.id, watchPeople.residentId))
    .where(and(isNull(residents.accountId), isNull(watchPeople.withdrawnAt)))
    .orderBy(asc(residences.name), asc(watchPeople.name));

/** Residences of territories with their stairs, to say where a slip comes from. */
export const listHomes = async (tx: Transaction, territoryIds: readonly string[]) => {
  const homes: { id: string; name: string; stairs: { id: string; name: string }[] }[] = [];
  for (const territoryId of territoryIds) {
    const rows = await tx
      .select({ id: residences.id, name: residences.name, stairId: stairs.id, stair: stairs.name })
      .from(residences)
      .leftJoin(stairs, eq(stairs.residenceId, residences.id))
      .where(eq(residences.territoryId, territoryId))
      .orderBy(asc(residences.name), asc(stairs.name));
    for (const { id, name, stairId, stair } of rows) {
      const home = homes.find((one) => one.id === id) ?? { id, name, stairs: [] };
      if (home.stairs.length === 0 && !homes.includes(home)) homes.push(home);
      if (stairId && stair) home.stairs.push({ id: stairId, name: stair });
    }
  }
  return homes;
};
