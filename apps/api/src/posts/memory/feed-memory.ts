import type { Database } from '@palier/db';
import type { OutboxKind } from '@palier/domain/live';
import type { StoredPost } from '@palier/domain/places';
import type { FastifyBaseLogger } from 'fastify';
import { findStoredPosts } from '../stored-posts.queries.ts';
import { createFill } from './fill.ts';
import { type HeldPost, hold } from './held-post.ts';
import { HeldPosts } from './held-posts.ts';
import { createLag } from './lag.ts';
import { listOpenIds } from './memory.queries.ts';
import { heldMax } from './room.ts';
import { createStandings } from './standings.ts';

/** What the memory reads of an event of the stream. */
type StreamEvent = {
  seq: number;
  kind: OutboxKind;
  change: string;
  postId: string | null;
  residenceId: string | null;
  sideA: string | null;
};

type FeedMemoryOptions = {
  db: Database;
  log: FastifyBaseLogger;
  /** The place of the stream that this process has applied. */
  head: () => number;
  postsMax?: number;
  /** Whether it fills itself, or holds only what readers missed. */
  isWarming?: boolean;
  /** Further behind the head than this, nobody is answered from memory. */
  behindMaxMs?: number;
};

/** Acts of the operator that write posts by the thousand and tell the stream once. */
const wholesale: readonly string[] = ['demo.load', 'demo.towns', 'backup.restore'];
const lastingRights: readonly string[] = ['sessions', 'trust'];

const idsOf = (events: readonly StreamEvent[], pick: (event: StreamEvent) => string | null): string[] => [
  ...new Set(events.map(pick).filter((id) => id !== null)),
];

/**
 * The open posts of this process's readers, in memory: filled in the background, kept true by the stream in the order of `seq`. A cell that is not held is the database's to answer,
 * and is loaded for the next reader.
 */
export const createFeedMemory = (options: FeedMemoryOptions) => {
  const { db, log, head, postsMax = heldMax(), isWarming = true, behindMaxMs = 2_000 } = options;
  const held = new HeldPosts(postsMax);
  const fill = createFill({ db, log, held, isWarming });
  const lag = createLag();

  const isBroken = (events: readonly StreamEvent[]): boolean => {
    const [first, last] = [events[0], events.at(-1)];
    return (
      (first && last && (first.seq !== head() + 1 || last.seq - first.seq + 1 !== events.length)) ||
      events.some(({ kind, change }) => kind === 'audit' && wholesale.includes(change))
    );
  };
  /** Posts that a batch changes without naming them: their author's name, their residence's place. */
  const listUnnamed = async (events: readonly StreamEvent[]): Promise<StoredPost[]> => {
    const accounts = idsOf(events, (event) =>
      event.kind === 'rights' && !lastingRights.includes(event.change) ? event.sideA : null,
    );
    const homes = idsOf(events, (event) =>
      event.kind === 'residence' && event.change !== 'opened' ? event.residenceId : null,
    );
    return findStoredPosts(db, await listOpenIds(db, accounts, homes));
  };

  return {
    held,
    want: fill.want,
    whenIdle: fill.whenIdle,
    stop: fill.stop,
    standingOf: createStandings(db, head),
    /** Whether what is held is too far behind the head of the stream, as the database just said it. */
    isBehind: (known: number): boolean => lag.see(known, head()) > behindMaxMs,
    /** Readies what a batch of the stream changes, with its posts as they are now; the work it resolves with applies it, in the turn in which the head moves. */
    prepare: async (events: readonly StreamEvent[], posts: ReadonlyMap<string, StoredPost>): Promise<() => void> => {
      const changed = new Map<string, HeldPost | null>();
      const look = (id: string, post: StoredPost | undefined): void => {
        changed.set(id, post?.state === 'open' ? hold(post) : null);
      };
      for (const post of await listUnnamed(events)) look(post.id, post);
      for (const { kind, postId } of events) if (kind === 'post' && postId !== null) look(postId, posts.get(postId));
      return () => {
        if (isBroken(events)) {
          held.clear();
          fill.restart();
        } else held.apply(changed);
      };
    },
  };
};
export type FeedMemory = ReturnType<typeof createFeedMemory>;

const memories = new WeakMap<Database, FeedMemory>();

/** Opens the memory of this database, one a process; until then, and after `stop`, the database answers every feed. */
export const openFeedMemory = (options: FeedMemoryOptions): { stop: () => Promise<void> } => {
  const memory = createFeedMemory(options);
  memories.set(options.db, memory);
  return {
    stop: async () => {
      memories.delete(options.db);
      await memory.stop();
    },
  };
};

/** The memory of this database, once it is open. */
export const feedMemoryOf = (db: Database): FeedMemory | undefined => memories.get(db);
