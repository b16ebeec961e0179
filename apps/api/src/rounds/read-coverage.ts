import { type Database, inTransaction, type Transaction, watchAs } from '@palier/db';
import { coveragePercent } from '@palier/domain/watch';
import type { Context } from '../context.ts';
import { countCommune } from './board.queries.ts';
import { countSpans, type WatchSpan } from './months.queries.ts';

/** Checks are erased after as many days: what began before is no longer whole. */
const checkDays = 90;
const dayMs = 86_400_000;

/** What share of the doors due in a commune these 24 hours are covered, in percent and in fives; null below eleven people who have one. For its town hall's office, and nobody else. */
export const communeCoverage = (ctx: Context<unknown>, insee: string): Promise<number | null> => {
  const read = async (tx: Transaction) => {
    await watchAs(tx, 'house', ctx.now);
    return coveragePercent(await countCommune(tx, insee, ctx.now));
  };
  return ctx.tx ? read(ctx.tx) : inTransaction(ctx.db, read);
};

/** How the visits due in some spans of communes stand, by commune and span, for their releases: how many, of how many people, the most of one of them, and how many came to an answer. A span that began over 90 days ago has none. */
export const watchInSpans = async (db: Database, spans: readonly WatchSpan[], now: Date) => {
  const whole = spans.filter(({ from }) => from.getTime() > now.getTime() - checkDays * dayMs);
  if (whole.length === 0) return [];
  return inTransaction(db, async (tx) => {
    await watchAs(tx, 'house', now);
    return countSpans(tx, whole);
  });
};
