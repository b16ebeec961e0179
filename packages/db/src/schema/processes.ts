import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

// Unlogged, all three: what the processes of one deployment count together lasts minutes, and a crash may forget it.

/** The processes that answer at present: each says so every two seconds, by the database's clock. */
export const processes = pgTable('processes', {
  id: uuid('id').primaryKey(),
  seenAt: instant('seen_at').notNull().defaultNow(),
});

/** How many live sockets each process holds for a session, while it is not alone. */
export const socketsHeld = pgTable(
  'sockets_held',
  {
    processId: uuid('process_id')
      .notNull()
      .references(() => processes.id, { onDelete: 'cascade' }),
    sessionHash: text('session_hash').notNull(),
    accountId: uuid('account_id').notNull(),
    sockets: integer('sockets').notNull(),
  },
  (t) => [primaryKey({ columns: [t.processId, t.sessionHash] }), index('sockets_held_account').on(t.accountId)],
);

/** Calls counted in a window that began with its first call; the key is an HMAC, so that neither an address nor a session is kept. */
export const callCounts = pgTable(
  'call_counts',
  {
    key: text('key').primaryKey(),
    count: integer('count').notNull(),
    endsAt: instant('ends_at').notNull(),
  },
  (t) => [index('call_counts_ends').on(t.endsAt)],
);
