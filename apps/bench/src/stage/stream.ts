import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from './store.ts';

const restMs = 20_000;

/** Waits until the sequencer has stamped everything that was committed, so that its work falls into nobody else's round. */
export const whenStreamRests = async ({ owner }: Store): Promise<void> => {
  for (const end = performance.now() + restMs; performance.now() < end; await sleep(50)) {
    const { rows } = await owner.query<{ waits: boolean }>(
      'select exists (select from outbox where seq is null) as waits',
    );
    if (!rows[0]?.waits) return;
  }
  throw new Error(`the sequencer did not catch up in ${restMs / 1000} s`);
};
