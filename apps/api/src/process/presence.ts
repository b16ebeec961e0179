import { type Database, schema } from '@palier/db';
import { and, eq, gt, lt, ne, sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import { newId } from '../ids.ts';

const { processes } = schema;

const sayEveryMs = 2_000;
/** Unheard of for this long, a process counts no more; for this long, it and all it held are forgotten. */
const unseen = { countsNot: sql`interval '10 s'`, isForgotten: sql`interval '1 min'` } as const;

/** Which processes share this database: what limits are shared with, and who is asked before a block is acknowledged. */
export type Presence = {
  /** This process, in the tables by which they count together. */
  readonly id: string;
  /** Whether no other process serves calls at present. */
  isAlone(): boolean;
  /** Hears when it stops being alone. */
  onCompany(listener: () => void): void;
  /** The others that serve calls, as the database knows them now. */
  others(): Promise<string[]>;
  /** Says that it is here, and looks who else is; done every two seconds anyway. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
};

/** Says every two seconds that this process is there, by the database's clock. Without the database it goes on with what it knew. */
export const openPresence = async (db: Database, log: FastifyBaseLogger): Promise<Presence> => {
  const id = newId();
  let others = 0;
  const listeners: (() => void)[] = [];
  const isOther = and(ne(processes.id, id), gt(processes.seenAt, sql`now() - ${unseen.countsNot}`));
  const refresh = async (): Promise<void> => {
    await db
      .insert(processes)
      .values({ id })
      .onConflictDoUpdate({ target: processes.id, set: { seenAt: sql`now()` } });
    const found = await db.$count(processes, isOther);
    const wasAlone = others === 0;
    others = found;
    if (wasAlone && found > 0) for (const listener of listeners) listener();
    await db.delete(processes).where(lt(processes.seenAt, sql`now() - ${unseen.isForgotten}`));
  };
  await refresh();
  const saying = setInterval(() => {
    refresh().catch((error: Error) => log.debug({ err: error.message }, 'who else is there is not known'));
  }, sayEveryMs);
  saying.unref();
  return {
    id,
    isAlone: () => others === 0,
    onCompany: (listener) => void listeners.push(listener),
    others: async () => (await db.select({ id: processes.id }).from(processes).where(isOther)).map((one) => one.id),
    refresh,
    stop: async () => {
      clearInterval(saying);
      await db
        .delete(processes)
        .where(eq(processes.id, id))
        .catch(() => undefined); // it is forgotten in a minute
    },
  };
};
