import { clientOf, inTransaction, retried, type Transaction } from '@palier/db';
import { insistOnActing } from './acting.ts';
import type { Context } from './context.ts';
import type { Statement } from './record.ts';

/**
 * Runs the work in one transaction (the call's own, if it has one) and rings the sequencer once it is committed.
 * Whoever acts for a neighbour is asked again, inside, whether they still may. Code: `acting.over`.
 */
export const mutate = async <T>(ctx: Context<unknown>, work: (tx: Transaction) => Promise<T>): Promise<T> => {
  const { acting } = ctx;
  const guarded = acting
    ? async (tx: Transaction) => {
        await insistOnActing(tx, acting);
        return work(tx);
      }
    : work;
  if (ctx.tx) return guarded(ctx.tx);
  const result = await inTransaction(ctx.db, guarded);
  ctx.doorbell.ring();
  return result;
};

/** Runs a mutation that is one statement, whole by itself: no transaction is opened unless the call has one, or acts for a neighbour. Resolves with its rows. */
export const mutateAtOnce = async <Row extends object>(ctx: Context<unknown>, statement: Statement): Promise<Row[]> => {
  if (ctx.tx || ctx.acting) return mutate(ctx, async (tx) => (await clientOf(tx).query<Row>(statement)).rows);
  const { rows } = await retried(() => ctx.db.$client.query<Row>(statement));
  ctx.doorbell.ring();
  return rows;
};

/** The database as this call reads it: inside its own transaction, if it has one. */
export const reader = (ctx: Context<unknown>) => ctx.tx ?? ctx.db;
