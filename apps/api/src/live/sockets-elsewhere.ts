import { type Database, schema } from '@palier/db';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import type { Presence } from '../process/presence.ts';

const { socketsHeld } = schema;

export type SocketOwner = { accountId: string; sessionHash: string };
type Held = { session: number; account: number };

const settleMs = 100;
/** An upgrade that was given room and came to nothing is forgotten after this. */
const comingMs = 2_000;

type Options = {
  db: Database;
  log: FastifyBaseLogger;
  presence: Presence;
  /** How many sockets of a session this process holds, and of whom it holds any. */
  held: (owner: SocketOwner) => number;
  owners: () => Iterable<SocketOwner>;
};

/** The sockets that the other processes of the deployment hold, so that limits on them are the same however many there are (reliability.md A12). Alone, it asks and writes nothing. */
export const openSocketsElsewhere = ({ db, log, presence, held, owners }: Options) => {
  const changed = new Map<string, SocketOwner>();
  /** Upgrades of each session that were given room and are not sockets yet. */
  const coming = new Map<string, Set<symbol>>();
  const counted = (owner: SocketOwner): number => held(owner) + (coming.get(owner.sessionHash)?.size ?? 0);
  const arrive = ({ sessionHash }: SocketOwner, which?: symbol): void => {
    const those = coming.get(sessionHash);
    const one = which ?? those?.values().next().value;
    if (one !== undefined) those?.delete(one);
    if (those?.size === 0) coming.delete(sessionHash);
  };
  const expect = (owner: SocketOwner): symbol => {
    const one = Symbol('upgrade');
    const those = coming.get(owner.sessionHash) ?? new Set();
    coming.set(owner.sessionHash, those.add(one));
    return one;
  };
  let settling: NodeJS.Timeout | undefined;

  const settle = async (): Promise<void> => {
    settling = undefined;
    if (presence.isAlone()) return;
    const rows = [...changed.values()].map((owner) => ({
      processId: presence.id,
      ...owner,
      sockets: counted(owner),
    }));
    changed.clear();
    const kept = rows.filter(({ sockets }) => sockets > 0);
    const gone = rows.filter(({ sockets }) => sockets === 0).map(({ sessionHash }) => sessionHash);
    if (gone.length > 0)
      await db
        .delete(socketsHeld)
        .where(and(eq(socketsHeld.processId, presence.id), inArray(socketsHeld.sessionHash, gone)));
    for (let from = 0; from < kept.length; from += 1_000)
      await db
        .insert(socketsHeld)
        .values(kept.slice(from, from + 1_000))
        .onConflictDoUpdate({
          target: [socketsHeld.processId, socketsHeld.sessionHash],
          set: { sockets: sql`excluded.sockets` },
        });
  };
  const change = (owner: SocketOwner): void => {
    if (presence.isAlone()) return;
    changed.set(owner.sessionHash, { accountId: owner.accountId, sessionHash: owner.sessionHash });
    settling ??= setTimeout(() => {
      settle().catch((error: Error) => log.debug({ err: error.message }, 'sockets are not known elsewhere'));
    }, settleMs);
    settling.unref();
  };
  presence.onCompany(() => {
    for (const owner of owners()) change(owner);
  });

  return {
    /** A socket of theirs opened here. */
    opened: (owner: SocketOwner): void => {
      arrive(owner);
      change(owner);
    },
    /** A socket of theirs closed here. */
    closed: change,
    /** Whether the others hold fewer than `room` of this session and account; if so they are told of one more here. Yes when the database does not answer. */
    hasRoom: async (owner: SocketOwner, room: Held): Promise<boolean> => {
      const { accountId, sessionHash } = owner;
      if (presence.isAlone()) return true;
      const one = expect(owner);
      try {
        const { rowCount } = await db.execute(sql`
          with others as (
            select coalesce(sum(h.sockets) filter (where h.session_hash = ${sessionHash}), 0) as session, coalesce(sum(h.sockets), 0) as account
            from sockets_held h join processes p on p.id = h.process_id
            where h.account_id = ${accountId} and h.process_id <> ${presence.id} and p.seen_at > now() - interval '10 s')
          insert into sockets_held (process_id, session_hash, account_id, sockets)
          select ${presence.id}::uuid, ${sessionHash}, ${accountId}::uuid, ${counted(owner)}::int from others where session < ${room.session} and account < ${room.account}
          on conflict (process_id, session_hash) do update set sockets = excluded.sockets`);
        if (rowCount !== 1) arrive(owner, one);
        else
          setTimeout(() => {
            if (!coming.get(sessionHash)?.has(one)) return;
            arrive(owner, one);
            change(owner);
          }, comingMs).unref();
        return rowCount === 1;
      } catch (error) {
        arrive(owner, one);
        log.debug({ err: error }, 'sockets elsewhere are not known');
        return true;
      }
    },
  };
};
