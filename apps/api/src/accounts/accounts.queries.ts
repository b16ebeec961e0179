import { type Database, schema, type Transaction } from '@palier/db';
import { townMessageShownMs } from '@palier/domain/insights';
import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import { askTogetherOn } from '../ask-together.ts';
import { unreadMessagesOf } from '../messaging/index.ts';

const { accounts, campaigns, noticeChoices, notifications, residents, residences, stairs, emailTokens, townMessages } =
  schema;

export const findCredentials = async (db: Database, email: string) => {
  const [row] = await db
    .select({ id: accounts.id, passwordHash: accounts.passwordHash })
    .from(accounts)
    .where(and(eq(accounts.email, email), ne(accounts.passwordHash, ''))); // an erased account has none
  return row;
};

export const insertAccount = async (tx: Transaction, row: typeof accounts.$inferInsert): Promise<boolean> => {
  const rows = await tx
    .insert(accounts)
    .values(row)
    .onConflictDoNothing({ target: accounts.email })
    .returning({ id: accounts.id });
  return rows.length === 1;
};

export const insertResident = async (tx: Transaction, row: typeof residents.$inferInsert): Promise<void> => {
  await tx.insert(residents).values(row);
};

const prepareMe = (db: Database | Transaction) =>
  db
    .select({
      account: {
        id: accounts.id,
        email: accounts.email,
        emailConfirmedAt: accounts.emailConfirmedAt,
        emailFailedAt: accounts.emailFailedAt,
        displayName: accounts.displayName,
        locale: accounts.locale,
        largeText: accounts.largeText,
        eraseAt: accounts.eraseAt,
      },
      resident: {
        id: residents.id,
        displayName: residents.displayName,
        trust: residents.trust,
        floor: residents.floor,
        skills: residents.skills,
        availability: residents.availability,
        radiusM: residents.radiusM,
        languages: residents.languages,
        asksPerDay: residents.asksPerDay,
        urgentAtNight: residents.urgentAtNight,
        joinedAt: residents.joinedAt,
      },
      residence: { id: residences.id, name: residences.name, commune: residences.commune, cell: residences.cell },
      stair: { id: stairs.id, name: stairs.name },
      choices: { rows: noticeChoices.rows, mailHour: noticeChoices.mailHour },
      unreadNotices: sql<number>`(select count(*)::int from ${notifications} n where n.account_id = ${accounts.id} and n.read_at is null)`,
      unreadMessages: unreadMessagesOf(residents.id),
      atHome: {
        // A day more at either end: which day it is there is for the campaigns themselves to say.
        campaigns: sql<boolean>`exists (select from ${campaigns} c where c.closed_at is null and (c.commune = ${residences.commune} or c.territory_id = ${residences.territoryId})
          and c.first_day <= ${sql.placeholder('now')}::timestamptz::date + 1 and c.last_day >= ${sql.placeholder('now')}::timestamptz::date - 1)`,
        townMessages: sql<boolean>`exists (select from ${townMessages} t where t.commune = ${residences.commune} and t.written_at >= ${sql.placeholder('weekBefore')}::timestamptz)`,
      },
    })
    .from(accounts)
    .leftJoin(residents, and(eq(residents.accountId, accounts.id), isNull(residents.excludedAt)))
    .leftJoin(residences, eq(residences.id, residents.residenceId))
    .leftJoin(stairs, eq(stairs.id, residents.stairId))
    .leftJoin(noticeChoices, eq(noticeChoices.accountId, accounts.id))
    .where(sql`${accounts.id} = any(${sql.placeholder('accountIds')}::uuid[])`)
    .prepare('find_me');

const prepared = new WeakMap<Database | Transaction, ReturnType<typeof prepareMe>>();

type Asking = { accountId: string; now: Date };
const askForMany = askTogetherOn(async (db: Database | Transaction, asking: readonly Asking[]) => {
  const statement = prepared.get(db) ?? prepareMe(db);
  prepared.set(db, statement);
  const now = asking[0]?.now ?? new Date(0);
  const weekBefore = new Date(now.getTime() - townMessageShownMs);
  const rows = await statement.execute({
    accountIds: [...new Set(asking.map(({ accountId }) => accountId))],
    now: now.toISOString(),
    weekBefore: weekBefore.toISOString(),
  });
  const found = new Map(rows.map((row) => [row.account.id, row]));
  return asking.map(({ accountId }) => found.get(accountId));
});

/** An account and the resident it is, as they read themselves, with what waits for them; prepared, and asked for many at once, since every page asks. */
export const findMe = (db: Database | Transaction, accountId: string, now: Date) => askForMany(db, { accountId, now });

export const updateAccount = async (
  tx: Transaction,
  accountId: string,
  change: Partial<Pick<typeof accounts.$inferInsert, 'displayName' | 'locale' | 'largeText'>>,
): Promise<void> => {
  await tx.update(accounts).set(change).where(eq(accounts.id, accountId));
};

export const updateResident = async (
  tx: Transaction,
  residentId: string,
  change: Partial<
    Pick<
      typeof residents.$inferInsert,
      'displayName' | 'skills' | 'availability' | 'radiusM' | 'languages' | 'asksPerDay' | 'urgentAtNight'
    >
  >,
): Promise<void> => {
  await tx.update(residents).set(change).where(eq(residents.id, residentId));
};

/** Uses a confirmation link once: takes its row away and answers whose address it confirms. */
export const claimEmailToken = async (tx: Transaction, hash: string, now: Date) => {
  const [row] = await tx
    .delete(emailTokens)
    .where(and(eq(emailTokens.hash, hash), gt(emailTokens.expiresAt, now)))
    .returning({ accountId: emailTokens.accountId, email: emailTokens.email });
  return row;
};

/** Marks an address confirmed, if it is still the account's and was not confirmed yet. */
export const claimConfirmation = async (
  tx: Transaction,
  accountId: string,
  email: string,
  now: Date,
): Promise<boolean> => {
  const rows = await tx
    .update(accounts)
    .set({ emailConfirmedAt: now, emailFailedAt: null })
    .where(and(eq(accounts.id, accountId), eq(accounts.email, email), isNull(accounts.emailConfirmedAt)))
    .returning({ id: accounts.id });
  return rows.length === 1;
};
