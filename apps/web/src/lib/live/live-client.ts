import type { ClientFrame, EventFrame, Interest, liveProtocol, ServerFrame, TypingFrame } from '@palier/domain/live';
import { backoffMs } from './backoff.ts';

/** `live`: what is shown is kept true. `connecting`: for a moment it is not. `offline`: there is no network, or nobody has answered for a while. */
export type LiveState = 'live' | 'connecting' | 'offline';

/** The part of a WebSocket that is used here. */
export type LiveSocket = Pick<WebSocket, 'close' | 'addEventListener' | 'send' | 'readyState'>;

export interface LiveOptions {
  /** `ws://` or `wss://` of `/api/live`, without a query. */
  url: string;
  /** The `Palier-Seq` of what is on screen; null when there is none. */
  after: number | null;
  onEvent: (frame: EventFrame) => void;
  /** Somebody writes to the reader just now: no event, said once. */
  onTyping?: (frame: TypingFrame) => void;
  /** What is on screen is too old to be brought up to date by events: read it again. */
  onResync: () => void;
  onState: (state: LiveState) => void;
  /** The session ended elsewhere: nothing more will come. */
  onEnd: () => void;
  open?: (url: string, protocol: string) => LiveSocket;
  random?: () => number;
  isOnline?: () => boolean;
}

// The values of `@palier/domain/live`, said again so that the browser loads no schema library; the types keep them equal.
const protocol: typeof liveProtocol = 'palier.live.v1';
const sessionEnded = 4001;
const silenceMaxMs = 60_000;
const steadyMs = 5_000;
/** After so many failures in a row we say that we are offline. */
const patience = 2;
/** `WebSocket.OPEN`. */
const isOpen = 1;

/**
 * One reader's end of `/api/live` (contract.md, Live): opens it from where the page was read, hands over each event once and in order, notices a missing one, and comes back by itself.
 * Plain TypeScript: what hears the browser's own events (`online`, visible again) calls `retryNow` and `lose`.
 */
export class LiveClient {
  readonly #options: LiveOptions;
  #socket: LiveSocket | null = null;
  /** The `seq` that the next event must name in `after`; null until the server said where it is. */
  #held: number | null = null;
  /** From where the next connection goes on. */
  #cursor: number | null;
  /** What the page asked to hear of; null: everything. */
  #interest: Interest | null = null;
  #failures = 0;
  #readyAt = 0;
  #heardAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#cursor = options.after;
  }

  start(): void {
    this.#isStopped = false;
    this.#say('connecting');
    this.#connect();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    this.#drop();
  }

  /** Connects at once instead of at the end of a wait, and leaves a connection that has been silent for too long. */
  retryNow(): void {
    if (this.#isStopped) return;
    if (this.#socket && Date.now() - this.#heardAt < silenceMaxMs) return;
    this.#failures = 0;
    this.#drop();
    this.#connect();
  }

  /**
   * What is on screen now was read at `seq` and is about `interest` alone (null: about everything). Read before what was heard (a page fetched ahead), or about something else than what
   * was asked for until now: some of what happened since was not heard, so it goes back there and hears it.
   */
  shows(seq: number | null, interest: Interest | null): void {
    if (this.#isStopped) return;
    const isOther = JSON.stringify(interest) !== JSON.stringify(this.#interest);
    const wasNarrow = this.#interest !== null;
    const isBehind = seq !== null && this.#cursor !== null && seq < this.#cursor;
    this.#interest = interest;
    if (isBehind) this.#cursor = seq;
    if (isBehind || (isOther && wasNarrow)) {
      this.#drop();
      this.#connect();
    } else if (isOther && this.#socket?.readyState === isOpen) this.#ask(this.#socket);
  }

  /** The network is gone: what is open only looks open. */
  lose(): void {
    if (this.#isStopped) return;
    this.#drop();
    this.#again();
  }

  #connect(): void {
    clearTimeout(this.#retry);
    const { open = (url, wanted) => new WebSocket(url, wanted), url } = this.#options;
    const socket = open(this.#cursor === null ? url : `${url}?after=${this.#cursor}`, protocol);
    this.#socket = socket;
    this.#held = this.#cursor;
    this.#listenFor(socket);
    socket.addEventListener('open', () => {
      if (socket === this.#socket && this.#interest) this.#ask(socket);
    });
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#hear(String(data));
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.#socket) this.#closed(code);
    });
  }

  #ask(socket: LiveSocket): void {
    const { within, categories } = this.#interest ?? { within: null, categories: null };
    const frame = { type: 'interest', within, categories: categories && [...categories] } satisfies ClientFrame;
    socket.send(JSON.stringify(frame));
  }

  /** A connection on which nothing is heard for a minute is dead, whatever the browser believes. */
  #listenFor(socket: LiveSocket): void {
    this.#heardAt = Date.now();
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      if (socket === this.#socket) this.#begin();
    }, silenceMaxMs);
  }

  #hear(data: string): void {
    if (this.#socket) this.#listenFor(this.#socket);
    const frame = JSON.parse(data) as ServerFrame;
    switch (frame.type) {
      case 'ready':
        this.#held ??= frame.seq;
        this.#cursor ??= frame.seq;
        this.#readyAt = Date.now();
        this.#say('live');
        return;
      case 'tick':
        this.#cursor = Math.max(this.#cursor ?? 0, frame.head);
        return;
      case 'resync':
        this.#held = frame.seq;
        this.#cursor = frame.seq;
        this.#options.onResync();
        return;
      case 'typing':
        this.#options.onTyping?.(frame);
        return;
      default:
        this.#take(frame);
    }
  }

  #take(frame: EventFrame): void {
    if (frame.after !== this.#held) {
      this.#begin();
      return;
    }
    this.#held = frame.seq;
    this.#cursor = frame.seq;
    this.#options.onEvent(frame);
  }

  #closed(code: number): void {
    this.#drop();
    if (code === sessionEnded) {
      this.#isStopped = true;
      this.#say('offline');
      this.#options.onEnd();
      return;
    }
    this.#again();
  }

  /** Leaves this connection for another, from what is held. */
  #begin(): void {
    this.#drop();
    this.#again();
  }

  #again(): void {
    if (Date.now() - this.#readyAt > steadyMs && this.#readyAt > 0) this.#failures = 0;
    this.#readyAt = 0;
    this.#failures += 1;
    const { isOnline = () => true, random = Math.random } = this.#options;
    this.#say(!isOnline() || this.#failures > patience ? 'offline' : 'connecting');
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), backoffMs(this.#failures, random()));
  }

  #drop(): void {
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #say(state: LiveState): void {
    this.#options.onState(state);
  }
}
