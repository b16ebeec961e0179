import type { Transaction } from '@palier/db';
import type { CaseHold } from '@palier/domain/moderation';
import { tellBesides } from '../record.ts';
import { claimCaseLapse, insertPostCase } from './post-cases.queries.ts';

type Routed = { id: string; authorId: string; residenceId: string; commune: string };

/** Lays a post before the referents of its residence when it waits or screening points at it, in the transaction of its own change; a post that nobody need look at leaves their desk. */
export const layOnDesk = async (
  tx: Transaction,
  post: Routed,
  { state, holds }: { state: 'open' | 'held'; holds: readonly CaseHold[] },
  now: Date,
): Promise<void> => {
  const events =
    holds.length > 0
      ? await insertPostCase(tx, post, { kind: state === 'held' ? 'held' : 'flagged', holds }, now)
      : await claimCaseLapse(tx, post.id, now);
  if (events.length > 0) await tellBesides(tx, events);
};
