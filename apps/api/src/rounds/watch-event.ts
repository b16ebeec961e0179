import type { SignedInContext } from '../context.ts';
import type { AuditEntry, OutboxEvent } from '../record.ts';

/** What the stream says when the coverage of a round moved: which round, nothing else. */
export const coverageMoved = (roundId: string): OutboxEvent => ({ kind: 'watch', change: 'coverage', sideB: roundId });

/** What the stream says when a coordinator opened or quickened a round: the watch is moved on at once (`jobsOfEvent`), not at the next minute. */
export const pacedByHand = (roundId: string): OutboxEvent => ({ kind: 'watch', change: 'pace', sideB: roundId });

/** The log's first words of what the product does by itself. */
export const byItself = (now: Date): Pick<AuditEntry, 'at' | 'actorId' | 'actorRole'> => ({
  at: now,
  actorId: null,
  actorRole: 'system',
});

/** The log's first words of what a volunteer or a reader does; a reader may live nowhere here. */
export const byCaller = ({ now, actor }: SignedInContext): Pick<AuditEntry, 'at' | 'actorId' | 'actorRole'> => ({
  at: now,
  actorId: actor.accountId,
  actorRole: actor.resident ? 'resident' : 'visitor',
});
