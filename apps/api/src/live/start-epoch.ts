import { nextEpochHead } from '@palier/domain/live';
import type pg from 'pg';

/**
 * Begins a new epoch of the stream, in the owner's transaction that restores a backup: the next `seq` is the next multiple of 10^12, so that every cursor from before gets `resync` `foreign`.
 */
export const startEpoch = async (client: pg.ClientBase): Promise<void> => {
  const { rows } = await client.query<{ seq: string }>('select seq from stream_head where id = 1 for update');
  const head = nextEpochHead(Number(rows[0]?.seq ?? 0));
  await client.query('update stream_head set seq = $1, holder_pid = null, lease_until = null where id = 1', [head]);
};
