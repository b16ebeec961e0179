import { createHash, randomBytes } from 'node:crypto';
import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle';
import type { Database, Transaction } from '@palier/db';
import { schema } from '@palier/db';
import { type RoleGrant, sessionLife, type Trust } from '@palier/domain/accounts';
import type { ResidenceMode } from '@palier/domain/residences';
import { and, desc, eq, lt, ne, notInArray } from 'drizzle-orm';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import { askTogether } from '../ask-together.ts';
import { isFound, listSessions } from './session-lookup.queries.ts';

/** Everything a request needs to know of whoever sends it, read in the one query that looks the session up. */
type Whole = {
  locale: 'fr' | 'en';
  emailConfirmed: boolean;
  roles: RoleGrant[];
  lastSeenAt: Date | null;
  /** When the account is erased, if its owner asked to leave: until then it is nobody's neighbour and holds no role. */
  eraseAt: Date | null;
  resident: {
    id: string;
    residenceId: string;
    stairId: string | null;
    cell: string;
    commune: string;
    trust: Trust;
    displayName: string;
    /** Until when they begin nothing new, and what waits for a referent where they live; absent: never, and what screening holds. */
    pausedUntil?: Date | null;
    mode?: ResidenceMode;
  } | null;
};

type SessionTimes = { createdAt: Date; lastUsedAt: Date };

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionTimes, Whole>;
    UserId: string;
    DatabaseSessionAttributes: SessionTimes;
    DatabaseUserAttributes: Whole;
  }
}

/** How many sessions one account may keep open: telephones, tablets and the library's computer. */
const sessionsMax = 20;

const hashOf = (rawId: string): string => createHash('sha256').update(rawId).digest('base64url');

/** Lucia's adapter over hashed ids: the raw id is handed back, else renewal and deletion would miss. */
const hashed = (db: Database): Adapter => {
  const inner: Adapter = new DrizzlePostgreSQLAdapter(db, schema.sessions, schema.accounts);
  const lookup = askTogether((hashes: readonly string[]) => listSessions(db, hashes));
  return {
    getSessionAndUser: async (id) => {
      const row = await lookup(hashOf(id));
      if (!isFound(row)) return [null, null];
      const session: DatabaseSession = {
        id,
        userId: row.userId,
        expiresAt: row.expiresAt,
        attributes: { createdAt: row.createdAt, lastUsedAt: row.lastUsedAt },
      };
      const { residentId, residenceId, cell, commune, trust, displayName, pausedUntil, mode } = row;
      const resident =
        !row.eraseAt && residentId && residenceId && cell && commune && trust && displayName
          ? {
              ...{ id: residentId, residenceId, stairId: row.stairId, cell, commune, trust, displayName, pausedUntil },
              ...(mode && { mode }),
            }
          : null;
      const roles: RoleGrant[] = [
        ...(resident ? [{ role: 'resident' as const, residenceId: resident.residenceId }] : []),
        ...(row.eraseAt ? [] : (row.roles ?? [])),
      ];
      const account: DatabaseUser = {
        id: row.userId,
        attributes: {
          locale: row.locale,
          emailConfirmed: row.confirmedAt !== null,
          roles,
          lastSeenAt: row.lastSeenAt,
          eraseAt: row.eraseAt,
          resident,
        },
      };
      return [session, account];
    },
    setSession: (session) => inner.setSession({ ...session, id: hashOf(session.id) }),
    updateSessionExpiration: (id, expiresAt) => inner.updateSessionExpiration(hashOf(id), expiresAt),
    deleteSession: (id) => inner.deleteSession(hashOf(id)),
    getUserSessions: (accountId) => inner.getUserSessions(accountId),
    deleteUserSessions: (accountId) => inner.deleteUserSessions(accountId),
    deleteExpiredSessions: () => inner.deleteExpiredSessions(),
  };
};

export type SignedIn = Whole & {
  accountId: string;
  sessionHash: string;
  rawId: string;
  isFresh: boolean;
  lastUsedAt: Date;
};

/**
 * Sessions of the deployment: 256 random bits in the cookie, only their SHA-256 at rest; 60 days sliding and 365 absolute.
 * This is the only file that knows lucia, so that it can be replaced in an afternoon.
 */
export const openSessions = (db: Database, origin: URL) => {
  const secure = origin.protocol === 'https:';
  const lucia = new Lucia(hashed(db), {
    sessionExpiresIn: new TimeSpan(sessionLife.slidingMs, 'ms'),
    sessionCookie: {
      name: secure ? '__Host-palier' : 'palier_session',
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });
  /** Ends the oldest sessions of an account beyond `sessionsMax`: a script that signs in for ever fills nothing. */
  const endOldest = async (on: Database | Transaction, accountId: string): Promise<void> => {
    const { sessions } = schema;
    const kept = on
      .select({ id: sessions.id })
      .from(sessions)
      .where(eq(sessions.userId, accountId))
      .orderBy(desc(sessions.createdAt), desc(sessions.id))
      .limit(sessionsMax);
    await on.delete(sessions).where(and(eq(sessions.userId, accountId), notInArray(sessions.id, kept)));
  };
  return {
    cookieName: lucia.sessionCookieName,
    /**
     * Opens a session and answers the raw id for the cookie; any cookie the visitor came with is never adopted. `agent` is the family of the browser; `on` the transaction it belongs to, if any.
     */
    create: async (accountId: string, now: Date, agent = '', on: Database | Transaction = db): Promise<string> => {
      const rawId = randomBytes(32).toString('base64url');
      const expiresAt = new Date(Date.now() + sessionLife.slidingMs); // by lucia's own clock, which will judge it
      await on
        .insert(schema.sessions)
        .values({ id: hashOf(rawId), userId: accountId, expiresAt, createdAt: now, agent, lastUsedAt: now });
      await endOldest(on, accountId);
      return rawId;
    },
    /** Who this cookie is, or null: unknown, expired, or past its absolute life. */
    validate: async (rawId: string, now: Date): Promise<SignedIn | null> => {
      if (!/^[\w-]{43}$/.test(rawId)) return null;
      const { session, user } = await lucia.validateSession(rawId);
      if (!session) return null;
      if (now.getTime() - session.createdAt.getTime() >= sessionLife.absoluteMs) {
        await lucia.invalidateSession(rawId);
        return null;
      }
      return {
        locale: user.locale,
        emailConfirmed: user.emailConfirmed,
        roles: user.roles,
        lastSeenAt: user.lastSeenAt,
        eraseAt: user.eraseAt,
        resident: user.resident,
        accountId: user.id,
        sessionHash: hashOf(rawId),
        rawId,
        isFresh: session.fresh,
        lastUsedAt: session.lastUsedAt,
      };
    },
    /** Remembers that a session was used, at most once an hour, and that a resident was here, at most once a day: people away for long are left alone. */
    see: async ({ resident, lastSeenAt, lastUsedAt, sessionHash }: SignedIn, now: Date): Promise<void> => {
      const { sessions } = schema;
      const hourBefore = new Date(now.getTime() - 3_600_000);
      if (lastUsedAt < hourBefore)
        await db
          .update(sessions)
          .set({ lastUsedAt: now })
          .where(and(eq(sessions.id, sessionHash), lt(sessions.lastUsedAt, hourBefore)));
      const dayBefore = new Date(now.getTime() - 86_400_000);
      if (!resident || !lastSeenAt || lastSeenAt >= dayBefore) return;
      const { residents } = schema;
      await db
        .update(residents)
        .set({ lastSeenAt: now })
        .where(and(eq(residents.id, resident.id), lt(residents.lastSeenAt, dayBefore)));
    },
    /** Ends a session, in the transaction that says so. */
    end: async (rawId: string, on: Transaction): Promise<void> => {
      await on.delete(schema.sessions).where(eq(schema.sessions.id, hashOf(rawId)));
    },
    endAll: (accountId: string): Promise<void> => lucia.invalidateUserSessions(accountId),
    /** Ends every session of the account but the one at hand. */
    endOthers: async (accountId: string, sessionHash: string): Promise<void> => {
      await db
        .delete(schema.sessions)
        .where(and(eq(schema.sessions.userId, accountId), ne(schema.sessions.id, sessionHash)));
    },
    sweep: (): Promise<void> => lucia.deleteExpiredSessions(),
    cookie: (rawId: string): string => lucia.createSessionCookie(rawId).serialize(),
    blankCookie: (): string => lucia.createBlankSessionCookie().serialize(),
  };
};
export type Sessions = ReturnType<typeof openSessions>;
