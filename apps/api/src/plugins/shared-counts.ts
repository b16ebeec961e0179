import { type Database, schema } from '@palier/db';
import { lt, sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import { hmac } from '../keys.ts';
import type { Presence } from '../process/presence.ts';

const { callCounts } = schema;

/** A count in its window, as `@fastify/rate-limit` wants it: more than the limit is too many; `ttl` in ms. */
type Counted = { current: number; ttl: number };
type Answer = (error: Error | null, result?: Counted) => void;

/** What this process knows of one caller: calls counted here, those granted ahead by the database, and the total it last told. */
type Caller = { endsAt: number; calls: number; granted: number; total: number; turn: Promise<void> | null };

const callersMax = 20_000;
const forgetEveryMs = 30_000;
/** Calls are counted together by the twentieth of the limit: two processes keep within a tenth of it, for one write in six calls. */
const blockOf = (max: number): number => Math.max(1, Math.ceil(max / 20));

type SharedCounts = { db: Database; presence: Presence; key: Buffer; log: FastifyBaseLogger };

/** Adds calls to the one count of all processes, whose window begins with its first call. */
const addCalls = async (db: Database, key: string, calls: number, windowMs: number) => {
  const window = sql`now() + ${windowMs}::float8 * interval '1 ms'`;
  const { rows } = await db.execute<{ count: number; left: number }>(sql`
    insert into call_counts as c (key, count, ends_at) values (${key}, ${calls}, ${window})
    on conflict (key) do update set
      count = case when c.ends_at <= now() then excluded.count else c.count + excluded.count end,
      ends_at = case when c.ends_at <= now() then excluded.ends_at else c.ends_at end
    returning count, extract(epoch from ends_at - now())::float8 * 1000 as left`);
  return { count: rows[0]?.count ?? calls, leftMs: rows[0]?.left ?? windowMs };
};

/**
 * The counts of reliability.md A1, the same total however many processes a caller's calls are spread over: in memory while this process is alone or a caller calls little,
 * else from the database, a few calls granted at a time. When the database is away each process counts for itself.
 */
export const openSharedCounts = ({ db, presence, key: secret, log }: SharedCounts) => {
  const callers = new Map<string, Caller>();
  let forgetAt = performance.now() + forgetEveryMs;

  const callerOf = (key: string, windowMs: number): Caller => {
    const now = performance.now();
    const known = callers.get(key);
    if (known && known.endsAt > now) return known;
    if (callers.size >= callersMax) for (const [other, { endsAt }] of callers) if (endsAt <= now) callers.delete(other);
    if (callers.size >= callersMax) callers.clear();
    const fresh: Caller = { endsAt: now + windowMs, calls: 0, granted: 0, total: 0, turn: null };
    callers.set(key, fresh);
    return fresh;
  };
  const forget = async (): Promise<void> => {
    if (performance.now() < forgetAt) return;
    forgetAt = performance.now() + forgetEveryMs;
    await db.delete(callCounts).where(lt(callCounts.endsAt, sql`now()`));
  };
  const ask = async (key: string, caller: Caller, windowMs: number, max: number): Promise<void> => {
    const ahead = blockOf(max) - 1;
    const mine = caller.total === 0 ? caller.calls : 1;
    const named = hmac(secret, `calls ${key}`).toString('base64url');
    const { count, leftMs } = await addCalls(db, named, mine + ahead, windowMs);
    caller.endsAt = performance.now() + leftMs;
    caller.total = count - ahead;
    caller.granted = Math.max(0, Math.min(ahead, max - caller.total));
    await forget();
  };
  /** One call more of this caller, in the order in which they came. */
  const countTogether = async (key: string, caller: Caller, windowMs: number, max: number): Promise<number> => {
    while (caller.turn) await caller.turn;
    if (caller.total > max) return caller.total;
    if (caller.granted > 0) {
      caller.granted -= 1;
      caller.total += 1;
      return caller.total;
    }
    const asking = ask(key, caller, windowMs, max);
    caller.turn = asking.catch(() => undefined);
    try {
      await asking;
      return caller.total;
    } catch (error) {
      log.debug({ err: error }, 'calls are counted by this process alone');
      return caller.calls;
    } finally {
      caller.turn = null;
    }
  };

  /** `@fastify/rate-limit`'s store; every route shares it. */
  class Store {
    incr(key: string, answer: Answer, windowMs: number, max: number): void {
      const caller = callerOf(key, windowMs);
      caller.calls += 1;
      const told = (current: number): void =>
        answer(null, { current, ttl: Math.max(0, Math.ceil(caller.endsAt - performance.now())) });
      if (presence.isAlone() || (caller.total === 0 && caller.calls < blockOf(max))) told(caller.calls);
      else void countTogether(key, caller, windowMs, max).then(told);
    }

    child(): Store {
      return this;
    }
  }
  return Store;
};
