import { inTransaction, type Transaction, type WatchingAs, watchAs } from '@palier/db';
import type { AuditAction } from '@palier/domain/moderation';
import type { Context, SignedInContext } from '../context.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { type AuditEntry, record } from '../record.ts';
import { insertReading, type Reading } from './readings.queries.ts';

/** Reads the watch as someone, through the wall, in the call's own transaction if it has one. */
export const looking = <T>(
  ctx: Context<unknown>,
  who: WatchingAs,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> => {
  const behind = async (tx: Transaction) => {
    await watchAs(tx, who, ctx.now);
    return work(tx);
  };
  return ctx.tx ? behind(ctx.tx) : inTransaction(ctx.db, behind);
};

/** Writes the watch as someone, through the wall. */
export const watching = <T>(
  ctx: Context<unknown>,
  who: WatchingAs,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> =>
  mutate(ctx, async (tx) => {
    await watchAs(tx, who, ctx.now);
    return work(tx);
  });

/** The log's first words of what a coordinator does. */
export const byCoordinator = (ctx: SignedInContext) =>
  ({ at: ctx.now, actorId: ctx.actor.accountId, actorRole: 'coordinator' }) as const;

/** What the log keeps of an act of the watch: never where, so that no desk's log shows that somebody of a residence is on it. */
export const watchEntry = (
  by: Pick<AuditEntry, 'at' | 'actorId' | 'actorRole' | 'onBehalfOf'>,
  action: AuditAction,
  personId: string,
  reason?: string,
): AuditEntry => ({ ...by, action, subject: 'watch', subjectId: personId, ...(reason !== undefined && { reason }) });

/** Writes that entries were read, each twice: where the person sees it, and in the log that nobody can rewrite. The transaction looks as `accountId`. */
export const noteReadings = async (
  tx: Transaction,
  now: Date,
  reading: Pick<Reading, 'accountId' | 'readAs' | 'what'>,
  personIds: readonly string[],
): Promise<void> => {
  const actorRole = reading.readAs === 'volunteer' ? 'volunteer' : 'reader';
  for (const personId of personIds) {
    await insertReading(tx, { ...reading, id: newId(), personId, at: now });
    await record(
      tx,
      watchEntry({ at: now, actorId: reading.accountId, actorRole }, 'watch.read', personId, reading.what),
    );
  }
};
