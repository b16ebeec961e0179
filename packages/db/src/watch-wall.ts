import { sql } from 'drizzle-orm';
import type { Transaction } from './client.ts';

/**
 * For whom a transaction looks at the watch: `house`, the product's own work that shows nothing to anyone (jobs, sweeps, erasures, what a use case writes once it has asked its rule);
 * a resident, who sees what is theirs; an account, which sees what it was named to read, what it coordinates, and what it read.
 */
export type WatchingAs = 'house' | { readonly residentId?: string | null; readonly accountId?: string | null };

/**
 * Says, for the rest of this transaction and no longer, who looks at the watch and at which instant: row security then shows their rows and no others, and none to whoever did not ask.
 * The one place where that is said. Call it again to look as someone else; each call replaces the one before.
 */
export const watchAs = async (tx: Pick<Transaction, 'execute'>, who: WatchingAs, now: Date): Promise<void> => {
  const { residentId = null, accountId = null } = who === 'house' ? {} : who;
  await tx.execute(
    sql`select set_config('palier.watch_house', ${who === 'house' ? 'on' : ''}, true), set_config('palier.watch_resident', ${residentId ?? ''}, true),
      set_config('palier.watch_account', ${accountId ?? ''}, true), set_config('palier.watch_now', ${now.toISOString()}, true)`,
  );
};
