import type { Socket } from 'node:net';
import type { Database } from '@palier/db';
import { type Interest, liveProtocol } from '@palier/domain/live';
import type { FastifyBaseLogger } from 'fastify';
import { listSeersOf } from '../messaging/index.ts';
import { cellIndexOf } from '../places/index.ts';
import { feedMemoryOf } from '../posts/index.ts';
import type { Presence } from '../process/presence.ts';
import { openColleagues } from './colleagues.ts';
import { cutBetween } from './cut-between.ts';
import { createFollower } from './follow.ts';
import { plainFrame } from './frame-body.ts';
import { startHeartbeat } from './heartbeat.ts';
import { listEvents, readHead } from './live.queries.ts';
import { closing, inOneWrite, Reader } from './reader.ts';
import { recheck } from './recheck.ts';
import { Registry } from './registry.ts';
import { createReplays } from './replay.ts';
import { openSocketsElsewhere, type SocketOwner } from './sockets-elsewhere.ts';
import type { StampedEvent } from './stamped-event.ts';
import { loadSubjects, type Reached, tellEvent } from './tell.ts';
import { openTyping } from './typing.ts';

/** How long things take, in ms; tests shorten them. */
export type HubTiming = { firstFrameMs: number; beatMs: number; stallMs: number; recheckMs: number; closeMs: number };
const timingByDefault: HubTiming = {
  firstFrameMs: 200,
  beatMs: 25_000,
  stallMs: 30_000,
  recheckMs: 3_000,
  closeMs: 3_000,
};

type Who = ConstructorParameters<typeof Reader>[2];

/** How many sockets one session and one account may hold (reliability.md A12). */
const socketsMax = { session: 5, account: 10 } as const;

export type HubOptions = {
  db: Database;
  log: FastifyBaseLogger;
  clock: () => Date;
  hasRateLimits: boolean;
  /** Who else serves readers of this database; without it, this process is taken for the only one. */
  presence?: Presence | undefined;
  timing?: Partial<HubTiming>;
};

/** The one who tells: follows the stream in this process and hands each event to the sockets whose readers may know it. */
export const createHub = ({ db, log, clock, hasRateLimits, presence, timing = {} }: HubOptions) => {
  const { firstFrameMs, beatMs, stallMs, recheckMs, closeMs } = { ...timingByDefault, ...timing };
  const registry = new Registry();
  const reached: Reached = { lookedAt: 0, told: 0 };
  let isClosing = false;

  const prepare = async (events: readonly StampedEvent[]): Promise<() => void> => {
    const concerned = events.flatMap((event) =>
      event.kind === 'rights' && event.sideA !== null
        ? [...registry.ofAccount(event.sideA)]
        : event.kind === 'residence' && event.residenceId !== null
          ? [...registry.ofResidence(event.residenceId).all()]
          : [],
    );
    if (events.some(({ kind }) => kind === 'residence')) await cellIndexOf(db).refresh();
    await recheck(db, registry, follower.head, concerned);
    const subjects = await loadSubjects(db, events, clock());
    const remember = await feedMemoryOf(db)?.prepare(events, subjects.posts);
    return () => {
      remember?.();
      const now = clock();
      const tellAll = (): void => {
        for (const event of events) {
          tellEvent(registry, event, subjects, now, reached);
          if (event.kind === 'rights' && event.change === 'roles' && event.sideA !== null)
            for (const reader of registry.ofAccount(event.sideA)) reader.close(closing.ended, 'role ended');
        }
      };
      if (events.length > 1) inOneWrite(tellAll);
      else tellAll();
    };
  };
  const follower = createFollower({
    log,
    readHead: () => readHead(db),
    listEvents: (after, upTo, limit) => listEvents(db, after, upTo, limit),
    prepare,
  });
  const cutHere = (residentIds: readonly string[]): Promise<void> =>
    cutBetween(registry, residentIds, [follower.rested(), typing.rested()]);
  const colleagues = openColleagues({
    log,
    presence,
    cutHere,
    typeHere: (said, seers) => typing.sayHere(said, seers),
  });
  const typing = openTyping({
    registry,
    listSeers: (said) => listSeersOf(db, said, clock()),
    pass: colleagues.type,
  });
  const replay = createReplays({ db, follower, clock });
  const stopHeartbeat = startHeartbeat(registry, follower.head, { beatMs, stallMs });
  let isRechecking = false;
  const rechecking = setInterval(() => {
    if (isRechecking || registry.all.size === 0) return;
    isRechecking = true;
    recheck(db, registry, follower.head, [...registry.all])
      .catch((error: Error) => log.warn({ err: error.message }, 'sessions of sockets could not be looked at'))
      .finally(() => {
        isRechecking = false;
      });
  }, recheckMs);
  rechecking.unref();

  const heldOf = ({ accountId, sessionHash }: SocketOwner): number => {
    let held = 0;
    for (const reader of registry.ofAccount(accountId)) if (reader.sessionHash === sessionHash) held += 1;
    return held;
  };
  const elsewhere =
    presence && hasRateLimits
      ? openSocketsElsewhere({ db, log, presence, held: heldOf, owners: () => registry.all })
      : undefined;
  const roomOf = (who: SocketOwner) => ({
    session: socketsMax.session - heldOf(who),
    account: socketsMax.account - registry.ofAccount(who.accountId).size,
  });
  const isFullHere = (who: SocketOwner): boolean => {
    const { session, account } = roomOf(who);
    return hasRateLimits && (session <= 0 || account <= 0);
  };

  const resume = (reader: Reader, after: number): void => {
    if (reader.hasHadEvent || reader.hasResumed || reader.state === 'replaying') {
      reader.close(closing.refused, 'resume comes first');
      return;
    }
    reader.hasResumed = true;
    if (reader.state === 'live') reader.joinedAt = follower.head();
    reader.state = 'replaying';
    replay(reader, after).catch((error: Error) => {
      log.warn({ err: error.message }, 'a replay was cut short');
      reader.close(closing.broken, 'try again');
    });
  };

  return {
    ...follower,
    /** Begins at the stream's present head, with the places known that people live at: a first burst of calls finds them there. */
    start: async (): Promise<void> => {
      await cellIndexOf(db).refresh();
      await follower.start();
    },
    hasRateLimits,
    /** Whether who asks for a socket holds as many as one may, in this process and in the others. */
    isFull: async (who: SocketOwner): Promise<boolean> =>
      isFullHere(who) || (elsewhere !== undefined && !(await elsewhere.hasRoom(who, roomOf(who)))),
    resume,
    /** Has a reader hear of what they ask for alone, or of everything their rights allow again. */
    narrow: (reader: Reader, { within, categories }: Interest): void =>
      registry.narrow(reader, within === null && categories === null ? null : { within, categories }),
    typing: typing.say,
    hear: colleagues.hear,
    speakOver: colleagues.speakOver,
    /**
     * Behind a block's commit and before its acknowledgement: what was on its way between the two has been told, or is told no more, here and in every other process that answers;
     * waits at most a second here, and as long for the others, who are asked at the same time.
     */
    cut: async (residentIds: readonly string[]): Promise<void> => {
      await Promise.all([cutHere(residentIds), colleagues.cut(residentIds)]);
    },
    sockets: (): number => registry.all.size,
    /** What telling of posts has cost since the start. */
    reached: (): Readonly<Reached> => ({ ...reached }),
    /** How many sockets were closed because their readers took too little. */
    slow: (): number => Reader.slow,
    /** Where its readers are. */
    places: () => registry.places(),
    /** What is missing before this process can serve readers. */
    missing: (): string[] => (follower.isReady() ? [] : ['stream']),
    /** Takes a socket in: tells it where the stream is, and waits for its first frame, or 200 ms. */
    admit: (socket: Reader['socket'], wire: Socket, who: Who, after: number | null): Reader => {
      const reader = new Reader(socket, wire, who, follower.head());
      if (isClosing || isFullHere(who)) {
        reader.close(isClosing ? closing.restarting : closing.refused, isClosing ? 'restarting' : 'too many sockets');
        return reader;
      }
      registry.add(reader);
      elsewhere?.opened(who);
      socket.on('close', () => {
        reader.leave();
        registry.remove(reader);
        elsewhere?.closed(who);
      });
      reader.write(plainFrame({ type: 'ready', seq: reader.after, protocol: liveProtocol }));
      if (after !== null) resume(reader, after);
      else
        setTimeout(() => {
          if (reader.state === 'waiting') reader.goLive();
        }, firstFrameMs).unref();
      return reader;
    },
    /** Says 1012 to every socket, waits at most 3 s for their goodbyes, and ends those that give none. */
    close: async (): Promise<void> => {
      isClosing = true;
      follower.stop();
      stopHeartbeat();
      clearInterval(rechecking);
      const readers = [...registry.all];
      for (const reader of readers) reader.close(closing.restarting, 'restarting');
      const end = performance.now() + closeMs;
      while (readers.some(({ socket }) => socket.readyState !== socket.CLOSED) && performance.now() < end)
        await new Promise((resolve) => setTimeout(resolve, 10));
      for (const reader of readers) {
        if (reader.socket.readyState !== reader.socket.CLOSED) reader.socket.terminate();
        registry.remove(reader);
      }
    },
  };
};
export type Hub = ReturnType<typeof createHub>;
