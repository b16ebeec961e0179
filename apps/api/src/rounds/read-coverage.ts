import { inTransaction, type Transaction, watchAs } from '@palier/db';
import { coveragePercent } from '@palier/domain/watch';
import type { Context } from '../context.ts';
import { countCommune } from './board.queries.ts';

/** What share of the doors due in a commune these 24 hours are covered, in percent and in fives; null below eleven people on its watch. For its town hall's office, and nobody else. */
export const communeCoverage = (ctx: Context<unknown>, insee: string): Promise<number | null> => {
  const read = async (tx: Transaction) => {
    await watchAs(tx, 'house', ctx.now);
    return coveragePercent(await countCommune(tx, insee, ctx.now));
  };
  return ctx.tx ? read(ctx.tx) : inTransaction(ctx.db, read);
};
