import type { EventFrame, Interest, TypingFrame } from '@palier/domain/live';
import { createContext } from 'svelte';
import { LiveClient, type LiveState } from './live-client.ts';

interface Surroundings {
  /** Reads the page's data again. */
  reload: () => unknown;
  /** Whether no stream is opened: what is on screen is read for someone else than the session's own resident. */
  isSilent?: boolean;
}

/** The page's one connection to the stream: its state, and the events for whoever on the page listens. Nothing happens on the server. */
export class Live {
  state: LiveState = $state('connecting');
  readonly #around: Surroundings;
  readonly #listeners = new Set<(frame: EventFrame) => unknown>();
  readonly #hearers = new Set<(frame: TypingFrame) => unknown>();
  #client: LiveClient | null = null;
  #hearing = new AbortController();

  constructor(around: Surroundings) {
    this.#around = around;
    if (around.isSilent) this.state = 'live';
  }

  /**
   * What is on screen was read at this `Palier-Seq` (null: nothing that live keeps true), and is about this alone (null: about everything). The first word of it opens the stream, from
   * there; a later one, of another page, goes back when something of what happened since then was not heard. For an `$effect` of each page.
   */
  shows(seq: number | null, interest: Interest | null = null): void {
    if (this.#around.isSilent) return;
    if (this.#client) this.#client.shows(seq, interest);
    else this.#open(seq, interest);
  }

  /** Closes the stream, when the pages that listen are left. */
  close(): void {
    this.#forget();
    this.#client?.stop();
    this.#client = null;
  }

  #open(after: number | null, interest: Interest | null): void {
    const client = new LiveClient({
      url: `${location.origin.replace(/^http/, 'ws')}/api/live`,
      after,
      isOnline: () => navigator.onLine,
      onEvent: (frame) => {
        for (const listener of this.#listeners) listener(frame);
      },
      onTyping: (frame) => {
        for (const hearer of this.#hearers) hearer(frame);
      },
      onResync: () => void this.#around.reload(),
      onEnd: () => void this.#around.reload(), // the API then says who may read, and the page follows
      onState: (state) => {
        this.state = state;
      },
    });
    this.#client = client;
    const isBack = () => {
      if (document.visibilityState === 'visible') client.retryNow();
    };
    const isLost = () => client.lose();
    const { signal } = this.#hearing;
    addEventListener('online', isBack, { signal });
    addEventListener('offline', isLost, { signal });
    addEventListener('pageshow', isBack, { signal });
    document.addEventListener('visibilitychange', isBack, { signal });
    client.shows(after, interest);
    client.start();
  }

  #forget(): void {
    this.#hearing.abort();
    this.#hearing = new AbortController();
  }

  /** Hands each event to `listener`, in order, until what it answers is called. */
  listen(listener: (frame: EventFrame) => unknown): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hands each word of somebody writing to `hearer`, until what it answers is called. */
  hear(hearer: (frame: TypingFrame) => unknown): () => void {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }
}

export const [getLive, setLive] = createContext<Live>();
