import type { EventFrame } from '@palier/domain/live';
import type { ReasonView } from '@palier/domain/matching';
import type { PostCard } from '@palier/domain/posts';
import { m } from '@palier/messages';
import { createContext } from 'svelte';
import { changed, closed, type FeedList, opened, withPage, withWaiting } from './feed-list.ts';

interface Surroundings {
  /** Whether the reader is where new posts arrive: at the top of the first page. */
  isAtTop: () => boolean;
  /** Tells a screen reader what changed by itself. */
  say: (text: string) => void;
  /** Whether the API finds this post for the words that the reader searches. */
  isFound: (post: PostCard) => Promise<boolean>;
}

/** A page of the feed as the API answers it. */
export type PostPage = { items: PostCard[]; reasons?: Record<string, ReasonView[]>; next: string | null };
export type Reasons = Readonly<Record<string, readonly ReasonView[]>>;

/** The feed of one reader: the list the page came with, kept true by live frames. */
export class Feed {
  list: FeedList = $state.raw({} as FeedList);
  /** Why each post is for this reader, by its id; only in the order that says so. */
  reasons: Reasons = $state.raw({});
  /** The public cell chosen on the map: its posts stand out in the list. */
  chosen: string | null = $state(null);
  /** The public cell of the post being read: it stands out on the map. */
  pointed: string | null = $state(null);
  #around: Surroundings;
  #turn: Promise<void> = Promise.resolve();

  constructor(list: FeedList, around: Surroundings, reasons: Reasons = {}) {
    this.list = list;
    this.reasons = reasons;
    this.#around = around;
  }

  /** Takes a fresh reading of the server in place of what was in hand. */
  reload(list: FeedList, reasons: Reasons = {}): void {
    this.list = list;
    this.reasons = reasons;
    this.chosen = null;
    this.pointed = null;
  }

  /** Takes a frame, in its turn: one may have to ask the API before the next is looked at. */
  receive(frame: EventFrame): Promise<void> {
    this.#turn = this.#turn.then(() => this.#take(frame));
    return this.#turn;
  }

  async #take(frame: EventFrame): Promise<void> {
    if (frame.type === 'post.closed') return this.#close(frame.postId, frame.state);
    if (frame.type !== 'post.opened' && frame.type !== 'post.changed') return;
    const { type, post } = frame;
    const isKnown = this.#isInHand(post.id);
    if (!isKnown && this.list.filters.q && !(await this.#around.isFound(post))) return;
    const isAtTop = this.#around.isAtTop();
    this.list = (type === 'post.opened' ? opened : changed)(this.list, post, isAtTop);
    if (!isKnown && this.#isInHand(post.id))
      this.#around.say(
        post.kind === 'request' ? m.live_said_request({ title: post.title }) : m.live_said_offer({ title: post.title }),
      );
  }

  /** Shows what waited. */
  showWaiting(): void {
    this.list = withWaiting(this.list);
  }

  append(posts: readonly PostCard[], next: string | null, reasons: Reasons = {}): void {
    this.reasons = { ...this.reasons, ...reasons };
    this.list = withPage(this.list, posts, next);
  }

  #isInHand(id: string): boolean {
    return [...this.list.posts, ...this.list.waiting].some((post) => post.id === id);
  }

  #close(postId: string, state: Extract<EventFrame, { type: 'post.closed' }>['state']): void {
    const post = this.list.posts.find(({ id }) => id === postId);
    this.list = closed(this.list, postId, state);
    if (post && state === 'filled') this.#around.say(m.live_said_taken({ title: post.title }));
  }
}

export const [getFeed, setFeed] = createContext<Feed>();
