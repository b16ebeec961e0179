import type { Transaction } from '@palier/db';
import { sql } from 'drizzle-orm';

/** The territories that somebody coordinates, and those of the residences that they look after. */
export const territoriesCared = async (
  tx: Transaction,
  care: { residenceIds: readonly string[]; territoryIds: readonly string[] },
): Promise<string[]> => {
  if (care.residenceIds.length === 0) return [...care.territoryIds];
  const { rows } = await tx.execute<{ id: string }>(
    sql`select distinct territory_id as id from residences where id in ${care.residenceIds}`,
  );
  return [...new Set([...care.territoryIds, ...rows.map(({ id }) => id)])];
};
