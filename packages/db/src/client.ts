import { tracingChannel } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import pg from 'pg';
import * as schema from './schema/index.ts';

/** Drizzle over the whole schema, on a pool. */
export type Database = NodePgDatabase<typeof schema> & { $client: pg.Pool };

/** What runs inside a transaction of a `Database`. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

type PoolOptions = {
  url: string;
  max: number;
  applicationName: string;
  /** Hears of each connection lost; the query under way, if any, rejects by itself. */
  onLost?: (error: Error) => void;
};

/**
 * Opens a pool of at most `max` connections: 2 s to get one, 5 s a statement, 2 s for a lock, 10 s idle inside a transaction.
 * A backend that is killed, idle or inside a transaction, never ends the process.
 */
export const openPool = ({ url, max, applicationName, onLost = () => undefined }: PoolOptions): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: 2_000,
    statement_timeout: 5_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    options: '-c plan_cache_mode=force_generic_plan', // planning a feed anew at each call costs more than the feed
  });
  pool.on('error', onLost); // a client lost while idle
  pool.on('connect', (client) => client.on('error', onLost)); // a client lost while checked out (node-postgres#1324)
  return pool;
};

/** Opens drizzle over the whole schema on a pool. */
export const openDatabase = (pool: pg.Pool): Database => drizzle(pool, { schema });

/** What sends statements that are prepared by name: the pool itself, or the one connection of a transaction. */
export const clientOf = (db: Database | Transaction): Pick<pg.Pool, 'query'> => {
  if ('$client' in db) return db.$client;
  const { client } = db._.session as unknown as { client: pg.PoolClient }; // drizzle keeps it to itself, and has no named statement whose text it did not write
  return client;
};

/** Where each transaction's work is told of while it runs (node:diagnostics_channel), so that a test can see what it does beside its one connection. */
const traced = tracingChannel('palier:transaction');

const MAX_TRIES = 5;
const RETRIED = new Set(['40001', '40P01']); // serialization_failure, deadlock_detected

/**
 * Runs `work` in one transaction and resolves with its result; run again, at most 5 times in all and after a jittered pause,
 * when PostgreSQL asked for it (40001, 40P01) and on nothing else, so `work` must do nothing that a rollback does not undo.
 * Rejects with the first error, also when the rollback fails after it.
 */
export const inTransaction = async <Result>(
  db: Database,
  work: (tx: Transaction) => Promise<Result>,
  config?: PgTransactionConfig,
): Promise<Result> => {
  const once = async (): Promise<Result> => {
    let first: { error: unknown } | undefined;
    const remembering = async (tx: Transaction): Promise<Result> => {
      try {
        return await traced.tracePromise(work, {}, undefined, tx);
      } catch (error) {
        first = { error };
        throw error;
      }
    };
    try {
      return await db.transaction(remembering, config);
    } catch (thrown) {
      throw first ? first.error : thrown;
    }
  };
  return retried(once);
};

/** Runs what PostgreSQL undoes whole when it fails (a transaction, or one statement outside any) again when it asks for that: at most 5 times in all, after a jittered pause. */
export const retried = async <Result>(once: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once();
    } catch (error) {
      if (attempt >= MAX_TRIES || !isRetried(error)) throw error;
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
};

const isRetried = (error: unknown): boolean => {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string' && RETRIED.has(at.code)) return true;
  return false;
};
