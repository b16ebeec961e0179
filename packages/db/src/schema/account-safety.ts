import { bigint, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { id, instant } from './columns.ts';

/** The second factor of someone on the staff: its secret sealed under a key of DATA_DIR; `last_step` is the last 30 s whose code was used, so that none serves twice. */
export const secondFactors = pgTable('second_factors', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  sealedSecret: text('sealed_secret').notNull(),
  lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
  createdAt: instant('created_at').notNull(),
  confirmedAt: instant('confirmed_at'),
});

/** Codes for whoever lost their telephone: the look-up id in clear, the secret hashed with Argon2id; a code that served is gone. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    lookup: text('lookup').notNull(),
    secretHash: text('secret_hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.lookup] })],
);

/** A change of address: asked for, confirmed from the new one, undone from the old one; each by a link, kept as its hash. */
export const emailChanges = pgTable(
  'email_changes',
  {
    id: id(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    fromEmail: text('from_email').notNull(),
    toEmail: text('to_email').notNull(),
    confirmHash: text('confirm_hash').notNull(),
    undoHash: text('undo_hash').notNull(),
    askedAt: instant('asked_at').notNull(),
    confirmedAt: instant('confirmed_at'),
    undoneAt: instant('undone_at'),
  },
  (t) => [
    index('email_changes_account').on(t.accountId),
    index('email_changes_asked').on(t.askedAt),
    uniqueIndex('email_changes_confirm').on(t.confirmHash),
    uniqueIndex('email_changes_undo').on(t.undoHash),
  ],
);
