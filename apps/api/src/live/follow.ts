import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { StampedEvent } from './stamped-event.ts';

const pageMax = 500;
const incomingMax = 5_000;
const rememberedMax = 4_096;

type FollowOptions = {
  log: FastifyBaseLogger;
  readHead: () => Promise<number>;
  listEvents: (after: number, upTo: number, limit: number) => Promise<StampedEvent[]>;
  /** Reads what a batch needs; may fail, and is then tried again. */
  prepare: (events: readonly StampedEvent[]) => Promise<() => void>;
};

/**
 * Follows the stream in this process: batches that the sequencer hands over here, and whatever a wake-up says is further on, always in order and without a hole.
 * `head` moves in the same turn in which the last of a batch was handed to its readers.
 */
export const createFollower = ({ log, readHead, listEvents, prepare }: FollowOptions) => {
  let head = 0;
  let isReady = false;
  let isStopped = false;
  let isRunning = false;
  let mustRead = false;
  let incoming: StampedEvent[] = [];
  let remembered: StampedEvent[] = [];
  let current: Promise<boolean> = Promise.resolve(false);

  const takeIncoming = (): StampedEvent[] => {
    if (incoming.length === 0) return [];
    const fresh = incoming.filter((event) => event.seq > head);
    const isNext = fresh[0]?.seq === head + 1;
    incoming = isNext ? fresh.slice(pageMax) : [];
    if (!isNext && fresh.length > 0) mustRead = true;
    return isNext ? fresh.slice(0, pageMax) : [];
  };
  const readFurther = async (): Promise<StampedEvent[]> => {
    if (!mustRead) return [];
    mustRead = false;
    const events = await listEvents(head, Number.MAX_SAFE_INTEGER, pageMax);
    if (events.length === pageMax) mustRead = true;
    return events;
  };
  const step = async (): Promise<boolean> => {
    const taken = takeIncoming();
    const events = taken.length > 0 ? taken : await readFurther();
    const last = events.at(-1);
    if (!last) return false;
    const deliver = await prepare(events);
    deliver();
    head = last.seq;
    remembered = [...remembered.slice(events.length - rememberedMax), ...events];
    return true;
  };
  const run = async (): Promise<void> => {
    if (isRunning || !isReady) return;
    isRunning = true;
    while (!isStopped) {
      try {
        current = step();
        if (!(await current)) break;
      } catch (error) {
        log.warn({ err: error instanceof Error ? error.message : error }, 'the stream waits for the database');
        mustRead = true;
        await sleep(100 + Math.random() * 200, undefined, { ref: false });
      }
    }
    isRunning = false;
  };

  return {
    /** Begins at the stream's present head. */
    start: async (): Promise<void> => {
      head = await readHead();
      isReady = true;
      mustRead = true;
      void run();
    },
    stop: (): void => {
      isStopped = true;
    },
    head: (): number => head,
    isReady: (): boolean => isReady,
    /** Resolves once the batch that is being told, if any, was told or failed. */
    rested: (): Promise<void> =>
      current.then(
        () => undefined,
        () => undefined,
      ),
    /** Takes a batch from the sequencer of this process. */
    publish: (events: readonly StampedEvent[]): void => {
      if (incoming.length > incomingMax) mustRead = true;
      else incoming.push(...events);
      void run();
    },
    /** Looks further, unless it is known to be there already. */
    wake: (upTo?: number): void => {
      if (upTo !== undefined && upTo <= head) return;
      mustRead = true;
      void run();
    },
    /** The events after `after` up to `upTo`, from memory when it still holds them all. */
    between: async (after: number, upTo: number, limit: number): Promise<StampedEvent[]> => {
      const first = remembered[0];
      if (!first || first.seq > after + 1) return listEvents(after, upTo, limit);
      const from = remembered.findIndex((event) => event.seq > after);
      return from === -1 ? [] : remembered.slice(from, from + limit).filter((event) => event.seq <= upTo);
    },
  };
};
export type Follower = ReturnType<typeof createFollower>;
