import type { Database } from '@palier/db';
import { isEdit, isOfInterest, type Told, toldOf } from '@palier/domain/live';
import { cardOf, nearnessOf, type StoredPost, type Viewer } from '@palier/domain/places';
import { listTalks, sidesOf, type Talk } from '../messaging/index.ts';
import { findToldPosts } from '../posts/index.ts';
import { readersAround } from './around.ts';
import { type Coverage, coverageForReaders } from './coverage.queries.ts';
import { FrameBody } from './frame-body.ts';
import { listBlocked, listDesks, listFavourStates, listOverseers } from './live.queries.ts';
import type { Reader } from './reader.ts';
import type { Registry } from './registry.ts';
import type { StampedEvent } from './stamped-event.ts';

/** What a batch of events speaks of, as it is now: posts, who is blocked from their authors (and from whoever moved a conversation), favours and conversations. */
export type Subjects = {
  posts: ReadonlyMap<string, StoredPost>;
  blocked: ReadonlyMap<string, ReadonlySet<string>>;
  favours: ReadonlyMap<string, FavourNow>;
  talks: ReadonlyMap<string, Talk>;
  /** On whose desks each case is. */
  desks: ReadonlyMap<string, ReadonlySet<string>>;
  /** Who sees the figures of each commune. */
  overseers: ReadonlyMap<string, ReadonlySet<string>>;
  /** How the doors of each reader stand in each round. */
  coverage: readonly Coverage[];
};
type FavourNow = Awaited<ReturnType<typeof listFavourStates>>[number];

const idsOf = (events: readonly StampedEvent[], pick: (event: StampedEvent) => string | null): string[] => [
  ...new Set(events.map(pick).filter((id) => id !== null)),
];

/** Whether an event moves what a town hall sees: a release, its board, or a residence that opened. */
export const movesFigures = ({ kind, change }: StampedEvent): boolean =>
  kind === 'insights' || (kind === 'residence' && change === 'opened');

/** Reads what the events speak of. Blocks are never older than what they hide: those of an author are of the post's own snapshot, those of a writer are read after what was written. */
export const loadSubjects = async (db: Database, events: readonly StampedEvent[], now: Date): Promise<Subjects> => {
  const postIds = idsOf(events, (event) => (event.kind === 'post' ? event.postId : null));
  const favourIds = idsOf(events, (event) => (event.kind === 'favour' ? event.favourId : null));
  const posts = await findToldPosts(db, postIds);
  const talks = await listTalks(
    db,
    idsOf(events, (event) => event.conversationId),
  );
  const writers = idsOf(events, (event) => (event.kind === 'conversation' ? event.sideA : null));
  const blocked = await listBlocked(db, writers);
  for (const { post, blocked: hidden } of posts)
    for (const id of hidden) blocked.set(post.authorId, (blocked.get(post.authorId) ?? new Set()).add(id));
  const favours = await listFavourStates(db, favourIds);
  const desks = await listDesks(
    db,
    idsOf(events, (event) => (event.kind === 'case' ? event.caseId : null)),
  );
  const overseers = await listOverseers(
    db,
    idsOf(events, (event) => (movesFigures(event) ? event.commune : null)),
  );
  const coverage = await coverageForReaders(
    db,
    idsOf(events, (event) => (event.kind === 'watch' ? event.sideB : null)),
    now,
  );
  return {
    posts: new Map(posts.map(({ post }) => [post.id, post])),
    blocked,
    favours: new Map(favours.map((favour) => [favour.id, favour])),
    talks,
    desks,
    overseers,
    coverage,
  };
};

/** What a post's event tells a reader, and its frame. */
type Owed = { told: Told; body: FrameBody };

/** Renders one post's event for whoever reads it: each view is serialised once. */
export class PostTelling {
  readonly #event: StampedEvent;
  readonly #post: StoredPost;
  readonly #blocked: ReadonlySet<string> | undefined;
  readonly #now: Date;
  /** What strangers of one cell and commune are owed: the same for all of them, and they come one after the other. */
  #strangers: { cell: string; commune: string; owed: Owed | null } | null = null;
  readonly #bodies = new Map<string, FrameBody>();

  constructor(event: StampedEvent, post: StoredPost, subjects: Subjects, now: Date) {
    this.#event = event;
    this.#post = post;
    this.#blocked = subjects.blocked.get(post.authorId);
    this.#now = now;
  }

  /** The frame this reader is owed, under their rights and within what they asked to hear of; null when it is none. */
  frameFor(viewer: Viewer, interest: Reader['interest']): FrameBody | null {
    const owed = this.#owedTo(viewer);
    if (!owed) return null;
    if (!interest || owed.told.type === 'post.closed' || isOfInterest(this.#post, viewer, interest)) return owed.body;
    return isEdit(this.#event.change) ? this.#closed(this.#post.state) : null;
  }

  #owedTo(viewer: Viewer): Owed | null {
    const post = this.#post;
    const isHidden = this.#blocked?.has(viewer.residentId) ?? false;
    const isStranger = post.residenceId !== viewer.residenceId && post.authorId !== viewer.residentId;
    if (!isStranger || isHidden) return this.#render(toldOf(this.#event.change, post, viewer, isHidden), viewer);
    const last = this.#strangers;
    if (last && last.cell === viewer.cell && last.commune === viewer.commune) return last.owed;
    const owed = this.#render(toldOf(this.#event.change, post, viewer, false), viewer);
    this.#strangers = { cell: viewer.cell, commune: viewer.commune, owed };
    return owed;
  }

  #render(told: Told | null, viewer: Viewer): Owed | null {
    if (!told) return null;
    if (told.type === 'post.closed') return { told, body: this.#closed(told.state) };
    const { seq } = this.#event;
    const post = this.#post;
    const nearness = nearnessOf(post, viewer);
    const body = this.#once(
      `${told.type} ${nearness}`,
      () => new FrameBody({ type: told.type, seq, post: cardOf(post, nearness, this.#now) }),
    );
    return { told, body };
  }

  #closed(state: StoredPost['state']): FrameBody {
    return this.#once(
      state,
      () => new FrameBody({ type: 'post.closed', seq: this.#event.seq, postId: this.#post.id, state }),
    );
  }

  #once(key: string, make: () => FrameBody): FrameBody {
    const known = this.#bodies.get(key);
    if (known) return known;
    const body = make();
    this.#bodies.set(key, body);
    return body;
  }
}

/** How many sockets posts were looked at for, and how many of those were told. */
export type Reached = { lookedAt: number; told: number };

/** Hands one event to every socket it concerns, and counts those of posts. */
export const tellEvent = (
  registry: Registry,
  event: StampedEvent,
  subjects: Subjects,
  now: Date,
  reached: Reached,
): void => {
  if (event.kind === 'post' && event.postId !== null) {
    const post = subjects.posts.get(event.postId);
    if (!post) return;
    const telling = new PostTelling(event, post, subjects, now);
    for (const reader of readersAround(registry, event, post)) {
      reached.lookedAt += 1;
      if (reader.offered === event.seq || !reader.viewer) continue;
      reader.offered = event.seq;
      const body = telling.frameFor(reader.viewer, reader.interest);
      if (!body) continue;
      reached.told += 1;
      reader.tell(body);
    }
  } else if (event.kind === 'favour') {
    const favour = favourOf(event, subjects);
    if (!favour) return;
    const body = favourFrame(event, favour);
    for (const side of [favour.helperId, favour.beneficiaryId])
      for (const reader of registry.ofResident(side)) reader.tell(body);
  } else if (event.kind === 'notification' && event.sideA !== null) {
    const body = notificationFrame(event);
    if (body) for (const reader of registry.ofAccount(event.sideA)) reader.tell(body);
  } else if (event.kind === 'conversation') {
    const body = talkFrame(event);
    for (const side of talkSides(event, subjects)) for (const reader of registry.ofResident(side)) reader.tell(body);
  } else if (event.kind === 'case' && event.caseId !== null) {
    const body = caseFrame(event.seq, event.caseId);
    for (const accountId of subjects.desks.get(event.caseId) ?? [])
      for (const reader of registry.ofAccount(accountId)) reader.tell(body);
  } else if (movesFigures(event) && event.commune !== null) {
    const body = figuresFrame(event, event.commune);
    for (const accountId of subjects.overseers.get(event.commune) ?? [])
      for (const reader of registry.ofAccount(accountId)) reader.tell(body);
  } else if (event.kind === 'watch')
    for (const line of subjects.coverage)
      if (line.roundId === event.sideB)
        for (const reader of registry.ofAccount(line.accountId)) reader.tell(coverageFrame(event.seq, line));
};

/** The favour an event speaks of, as it is now. */
export const favourOf = ({ favourId }: StampedEvent, { favours }: Subjects) =>
  favourId === null ? undefined : favours.get(favourId);

/** What both sides of a favour are told of it. */
export const favourFrame = ({ seq }: StampedEvent, { id, postId, state }: FavourNow): FrameBody =>
  new FrameBody({ type: 'favour.changed', seq, favourId: id, postId, state });

/** What a reader is told of a round: how many of the doors of their own people are covered, and due. */
export const coverageFrame = (seq: number, { roundId, covered, due }: Coverage): FrameBody =>
  new FrameBody({ type: 'watch.changed', seq, roundId, covered, due });

/** What a desk is told of a case: its id, nothing else. */
export const caseFrame = (seq: number, caseId: string): FrameBody =>
  new FrameBody({ type: 'case.changed', seq, caseId });

/** What a town hall is told: which commune and period to read again, nothing else. */
export const figuresFrame = ({ seq, kind, change }: StampedEvent, insee: string): FrameBody =>
  new FrameBody({ type: 'insights.changed', seq, insee, period: kind === 'insights' ? change : 'now' });

/** What an account is told of a new notification: its id, nothing else. */
export const notificationFrame = ({ seq, notificationId }: StampedEvent): FrameBody | null =>
  notificationId === null ? null : new FrameBody({ type: 'notification.created', seq, notificationId });

/** The residents whom a conversation's event concerns: its sides of today, but those with a block between them and whoever moved it. */
export const talkSides = ({ conversationId, sideA }: StampedEvent, { talks, blocked }: Subjects): string[] => {
  const talk = conversationId === null ? undefined : talks.get(conversationId);
  const hidden = sideA === null ? undefined : blocked.get(sideA);
  return talk ? sidesOf(talk).flatMap(({ id }) => (hidden?.has(id) ? [] : [id])) : [];
};

/** What the sides of a conversation are told: that a message was sent, or that something else of it moved; ids, nothing else. */
export const talkFrame = ({ seq, conversationId, messageId }: StampedEvent): FrameBody =>
  messageId === null
    ? new FrameBody({ type: 'conversation.changed', seq, conversationId: conversationId ?? '' })
    : new FrameBody({ type: 'message.sent', seq, conversationId: conversationId ?? '', messageId });
