import type { Database, Transaction } from '@palier/db';
import { doorAfterMs } from '@palier/domain/messaging';
import { sql } from 'drizzle-orm';

type Given = { floor: string; door: string; note: string };

const uuids = (ids: readonly string[]) => sql`${`{${ids.join(',')}}`}::uuid[]`;

/**
 * Shows a resident's own door to the other side of these favours: with the address of where they live, read here and nowhere else but where a residence's public cell is made
 * (privacy.md, Places). What was given before for the same favours is replaced.
 */
export const shareDoorFor = async (
  tx: Transaction,
  ownerId: string,
  favourIds: readonly string[],
  { floor, door, note }: Given,
  now: Date,
): Promise<void> => {
  await tx.execute(sql`
    insert into shared_doors (favour_id, owner_id, address, floor, door, note, shared_at)
    select f.id, r.id, e.address, ${floor}, ${door}, ${note}, ${now.toISOString()}
    from residents r join residence_places e on e.residence_id = r.residence_id join favours f on f.id = any(${uuids(favourIds)})
    where r.id = ${ownerId} and f.state = 'accepted' and ${ownerId} in (f.helper_id, f.beneficiary_id)
    on conflict (favour_id, owner_id) do update set address = excluded.address, floor = excluded.floor, door = excluded.door, note = excluded.note, shared_at = excluded.shared_at`);
};

/** Takes a resident's own door back from these favours; whether there was one. */
export const claimDoorBack = async (
  tx: Transaction,
  ownerId: string,
  favourIds: readonly string[],
): Promise<boolean> => {
  const { rows } = await tx.execute(
    sql`delete from shared_doors where owner_id = ${ownerId} and favour_id = any(${uuids(favourIds)}) returning favour_id`,
  );
  return rows.length > 0;
};

/** A door as it is kept: whose, and for which favour. */
export type KeptDoor = Given & { favourId: string; ownerId: string; address: string };

/** The doors kept for these favours; who may see them, and whether still, is asked of the favours. */
export const listKeptDoors = async (db: Database | Transaction, favourIds: readonly string[]): Promise<KeptDoor[]> => {
  if (favourIds.length === 0) return [];
  const { rows } = await db.execute<KeptDoor>(sql`
    select favour_id as "favourId", owner_id as "ownerId", address, floor, door, note from shared_doors where favour_id = any(${uuids(favourIds)}) order by shared_at, owner_id`);
  return rows;
};

/** Forgets the doors that nobody may see any more: 24 h after the favour was done, at once when it ended otherwise. Resolves with how many. */
export const purgeDoors = async (db: Database, now: Date): Promise<number> => {
  const doneBefore = new Date(now.getTime() - doorAfterMs).toISOString();
  const { rows } = await db.execute(sql`
    delete from shared_doors d using favours f
    where f.id = d.favour_id and f.state <> 'accepted' and (f.state <> 'done' or f.ended_at is null or f.ended_at <= ${doneBefore}) returning d.favour_id`);
  return rows.length;
};
