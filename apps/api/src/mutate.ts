import { inTransaction, type Transaction } from '@palier/db';
import type { Context } from './context.ts';

/** Runs the work in one transaction (the call's own, if it has one) and rings the sequencer once it is committed. */
export const mutate = async <T>(ctx: Context<unknown>, work: (tx: Transaction) => Promise<T>): Promise<T> => {
  if (ctx.tx) return work(ctx.tx);
  const result = await inTransaction(ctx.db, work);
  ctx.doorbell.ring();
  return result;
};

/** The database as this call reads it: inside its own transaction, if it has one. */
export const reader = (ctx: Context<unknown>) => ctx.tx ?? ctx.db;
