import type { Database } from '@palier/db';
import { isForOne, movesSight, type ResyncReason, resyncOf } from '@palier/domain/live';
import { type Cell, isNeighbourhood } from '@palier/domain/places';
import type { Follower } from './follow.ts';
import { plainFrame } from './frame-body.ts';
import { readHead } from './live.queries.ts';
import type { Reader } from './reader.ts';
import type { StampedEvent } from './stamped-event.ts';
import {
  caseFrame,
  coverageFrame,
  favourFrame,
  favourOf,
  figuresFrame,
  loadSubjects,
  movesFigures,
  notificationFrame,
  PostTelling,
  talkFrame,
  talkSides,
} from './tell.ts';

/** Readers that catch up at the same time; the others wait their turn, so that a storm never empties the pool. */
const atOnce = 6;
/** Small enough that one page of frames stays well under what may wait for one reader. */
const pageMax = 300;
/** Further behind than this, reloading is faster than replaying: they are told to. */
const replayedMax = 20_000;

type ReplayOptions = { db: Database; follower: Follower; clock: () => Date };

/** Whether an event may concern this reader, by its routing columns alone; rights are asked of the thing itself. */
const mayConcern = (event: StampedEvent, { accountId, viewer }: Reader): boolean => {
  if (event.kind === 'notification') return event.sideA === accountId;
  if (event.kind === 'case' || event.kind === 'watch' || movesFigures(event)) return true; // whose desk it is on, whose people or whose commune is asked of the thing
  if (!viewer) return false;
  if (event.kind === 'favour')
    return event.sideA === null || event.sideA === viewer.residentId || event.sideB === viewer.residentId;
  if (event.kind === 'conversation')
    return event.sideB === null || event.sideA === viewer.residentId || event.sideB === viewer.residentId;
  if (event.kind !== 'post') return false;
  if (isForOne(event.change)) return event.sideA === viewer.residentId;
  if (
    event.cell === null ||
    event.residenceId === viewer.residenceId ||
    event.commune === viewer.commune ||
    event.sideA === viewer.residentId
  )
    return true;
  return isNeighbourhood(event.cell as Cell, viewer.cell as Cell);
};

/** Whether what this reader may see was moved by an event: what they hold from before it is to be reloaded. */
const movedSightOf = (event: StampedEvent, reader: Reader): boolean =>
  movesSight(event) &&
  (event.kind === 'rights' ? event.sideA === reader.accountId : event.residenceId === reader.viewer?.residenceId);

const replayEvent = (
  event: StampedEvent,
  reader: Reader,
  subjects: Awaited<ReturnType<typeof loadSubjects>>,
  now: Date,
): void => {
  const { viewer } = reader;
  if (event.kind === 'notification') {
    const body = notificationFrame(event);
    if (body) reader.send(body);
    return;
  }
  if (event.kind === 'case') {
    const isTheirs = event.caseId !== null && subjects.desks.get(event.caseId)?.has(reader.accountId);
    if (isTheirs && event.caseId !== null) reader.send(caseFrame(event.seq, event.caseId));
    return;
  }
  if (movesFigures(event)) {
    const isTheirs = event.commune !== null && subjects.overseers.get(event.commune)?.has(reader.accountId);
    if (isTheirs && event.commune !== null) reader.send(figuresFrame(event, event.commune));
    return;
  }
  if (event.kind === 'watch') {
    const line = subjects.coverage.find((one) => one.roundId === event.sideB && one.accountId === reader.accountId);
    if (line) reader.send(coverageFrame(event.seq, line));
    return;
  }
  if (!viewer) return;
  if (event.kind === 'favour') {
    const favour = favourOf(event, subjects);
    if (favour && (favour.helperId === viewer.residentId || favour.beneficiaryId === viewer.residentId))
      reader.send(favourFrame(event, favour));
    return;
  }
  if (event.kind === 'conversation') {
    if (talkSides(event, subjects).includes(viewer.residentId)) reader.send(talkFrame(event));
    return;
  }
  const post = event.postId === null ? undefined : subjects.posts.get(event.postId);
  const body = post && new PostTelling(event, post, subjects, now).frameFor(viewer, reader.interest);
  if (body) reader.send(body);
};

/** Waits until the socket has handed its bytes to the network, so that a long replay never fills its buffer. */
const whenSent = (reader: Reader): Promise<void> =>
  reader.socket.bufferedAmount === 0
    ? Promise.resolve()
    : new Promise((resolve) => reader.socket.ping('', false, () => resolve()));

/**
 * Brings readers from the place they hold to where their queue begins: every event that is theirs to know today, the thing as it is now, once and in order, or `resync`.
 */
export const createReplays = ({ db, follower, clock }: ReplayOptions) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  const enter = async (): Promise<void> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };

  const resync = (reader: Reader, reason: ResyncReason): void => {
    reader.after = reader.joinedAt;
    reader.write(plainFrame({ type: 'resync', seq: reader.joinedAt, reason }));
  };

  const replayFrom = async (reader: Reader, after: number): Promise<ResyncReason | null> => {
    const upTo = reader.joinedAt;
    const verdict = resyncOf(after, after > upTo ? await readHead(db) : upTo);
    if (verdict) return verdict;
    if (upTo - after > replayedMax) return 'expired';
    reader.after = after;
    for (let at = after; at < upTo && reader.state === 'replaying'; ) {
      const events = await follower.between(at, upTo, pageMax);
      if (events[0]?.seq !== at + 1) return 'expired';
      if (events.some((event) => movedSightOf(event, reader))) return 'expired';
      const theirs = events.filter((event) => mayConcern(event, reader));
      const now = clock();
      const subjects = await loadSubjects(db, theirs, now);
      for (const event of theirs) replayEvent(event, reader, subjects, now);
      at = events.at(-1)?.seq ?? upTo;
      await whenSent(reader);
    }
    return null;
  };

  /** Replays from `after`, then lets the reader go live. Rejects when the database is away: the socket is then to be closed, and resumes elsewhere. */
  return async (reader: Reader, after: number): Promise<void> => {
    await enter();
    try {
      if (reader.state !== 'replaying') return;
      const reason = await replayFrom(reader, after);
      if (reason) resync(reader, reason);
      reader.goLive();
    } finally {
      leave();
    }
  };
};
