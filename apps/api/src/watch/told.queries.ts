import { schema, type Transaction } from '@palier/db';
import { and, eq, isNull } from 'drizzle-orm';
import type { Notice } from '../notifications/index.ts';

const { residences, roleGrants } = schema;

/** What the coordinators of a territory are to hear of its watch. */
export const coordinatorsTold = async (tx: Transaction, territoryId: string, turn: string): Promise<Notice[]> => {
  const rows = await tx
    .select({ accountId: roleGrants.accountId })
    .from(roleGrants)
    .where(
      and(eq(roleGrants.territoryId, territoryId), eq(roleGrants.role, 'coordinator'), isNull(roleGrants.revokedAt)),
    );
  return rows.map(({ accountId }) => ({ accountId, kind: 'watch', turn }));
};

/** The territory that a residence lies in. */
export const findTerritoryOf = async (tx: Transaction, residenceId: string): Promise<string> => {
  const [row] = await tx
    .select({ territoryId: residences.territoryId })
    .from(residences)
    .where(eq(residences.id, residenceId));
  return row?.territoryId ?? '';
};
