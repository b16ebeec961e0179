import { inTransaction, type Transaction } from '@palier/db';
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { insistOnActing } from './acting.ts';
import type { Context } from './context.ts';

const dialect = new PgDialect();

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

/**
 * Runs a mutation that is one statement, whole by itself: no transaction is opened unless the call has one. Prepared under `name`, so its text must always
 * be the same.
 */
export const mutateAtOnce = async (ctx: Context<unknown>, name: string, statement: SQL): Promise<void> => {
  if (ctx.tx || ctx.acting) {
    await mutate(ctx, (tx) => tx.execute(statement));
    return;
  }
  const { sql: text, params } = dialect.sqlToQuery(statement);
  await ctx.db.$client.query({ name, text, values: params });
  ctx.doorbell.ring();
};

/** The database as this call reads it: inside its own transaction, if it has one. */
export const reader = (ctx: Context<unknown>) => ctx.tx ?? ctx.db;
