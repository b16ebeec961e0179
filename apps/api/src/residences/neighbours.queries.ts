import { type Database, schema } from '@palier/db';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { vouchesGiven } from '../moderation/index.ts';

const { residents, stairs } = schema;

/** Where a page of residents ended: when the last one came, in ms, and their id. */
export type NeighbourPosition = { at: number; id: string };

/** The residents of a residence, the latest to come first, with how many neighbours gave their word for each. */
export const listNeighbours = (db: Database, residenceId: string, after: NeighbourPosition | null, limit: number) =>
  db
    .select({
      id: residents.id,
      displayName: residents.displayName,
      stair: stairs.name,
      trust: residents.trust,
      trustFrom: residents.trustFrom,
      enteredBy: residents.enteredBy,
      isOnline: sql<boolean>`${residents.accountId} is not null`,
      joinedAt: residents.joinedAt,
      vouches: vouchesGiven(),
    })
    .from(residents)
    .leftJoin(stairs, eq(stairs.id, residents.stairId))
    .where(
      and(
        eq(residents.residenceId, residenceId),
        isNull(residents.leftAt),
        after
          ? sql`(${residents.joinedAt}, ${residents.id}) < (${new Date(after.at).toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(sql`${residents.joinedAt} desc`, sql`${residents.id} desc`)
    .limit(limit);
