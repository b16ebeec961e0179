import type pg from 'pg';
import { type Held, leaseMs } from './stamp.ts';

/** The lock that the holder of the stream keeps for as long as its connection lives: "palier", "seq". */
const lock = [0x70616c69, 0x736571] as const;

/** Ends the connection of a holder whose lease, by the database's clock, has run out: stopped, cut off or hung. Only the very backend that has the lock is ended. */
const evict = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<{ expired: boolean }>(
    `select lease_until is null or lease_until < clock_timestamp() as expired from stream_head where id = 1`,
  );
  if (!rows[0]?.expired) return;
  await client.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and classid = $1 and objid = $2 and objsubid = 2
      and database = (select oid from pg_database where datname = current_database()) and pid <> pg_backend_pid()`,
    [...lock],
  );
};

/**
 * Tries to become the one who stamps: takes the advisory lock on this connection, then a fence above every earlier holder's. Resolves with what the stream is at, or null when somebody
 * alive holds it; a holder whose lease ran out is ended, so that the next try takes its place.
 */
export const tryElection = async (client: pg.ClientBase): Promise<Held | null> => {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [...lock]);
  if (!rows[0]?.taken) {
    await evict(client);
    return null;
  }
  const { rows: heads } = await client.query<{ seq: string; fence: string }>(
    `update stream_head set fence = fence + 1, holder_pid = pg_backend_pid(), lease_until = clock_timestamp() + $1::int * interval '1 ms' where id = 1 returning seq, fence`,
    [leaseMs],
  );
  const { rows: tails } = await client.query<{ seq: string; hash: string }>(
    'select seq, hash from audit_chain order by seq desc limit 1',
  );
  const [head] = heads;
  if (!head) throw new Error('stream_head has no row: the database is not migrated');
  const [tail] = tails;
  return {
    fence: Number(head.fence),
    head: Number(head.seq),
    tail: { seq: Number(tail?.seq ?? 0), hash: tail?.hash ?? '' },
  };
};

/** Says that the holder is alive, while nothing is there to stamp; false when another holds the stream. */
export const renewLease = async (client: pg.ClientBase, held: Held): Promise<boolean> => {
  const { rowCount } = await client.query(
    `update stream_head set lease_until = clock_timestamp() + $1::int * interval '1 ms' where id = 1 and fence = $2`,
    [leaseMs, held.fence],
  );
  return rowCount === 1;
};
