import WebSocket from 'ws';
import type { Reader } from '../../stage/people.ts';

type Frame = { type: string; seq: number; after?: number; post?: { id: string }; postId?: string };

export type ClientOptions = {
  /** Where it connects; may be a proxy, with the origin it then claims. */
  url: string;
  origin: string;
  /** How long without a frame until it takes the connection for dead, in ms. */
  silenceMs?: number;
  /** What an unkind network makes of each frame on its way: itself, nothing, twice. */
  mangle?: (frame: string) => string[];
};

const latestTryMs = 2_000;
const connectWithinMs = 5_000;

/**
 * A reader that never gives up: holds its place in the stream, refuses a frame that is not the next one, and comes back with `after`. It keeps, for the checker, what it was told
 * and every breach of the contract it met.
 */
export class LiveClient {
  readonly reader: Reader;
  readonly #options: ClientOptions;
  #socket: WebSocket | undefined;
  #silence: NodeJS.Timeout | undefined;
  #isOver = false;
  #tries = 0;
  /** The place it holds; null until the first `ready`. */
  held: number | null = null;
  /** The place from which every event is owed to it. */
  joinedAt = 0;
  /** Posts told as opened, with the time of each telling. */
  readonly opened = new Map<string, number[]>();
  /** Posts told as closed: one that was filled before it could be told of is told so at once. */
  readonly closed = new Set<string>();
  /** Places that a `resync` let it skip: from, to. */
  readonly skipped: [number, number][] = [];
  readonly closes: number[] = [];
  /** Frames that were not the next one: a breach when the network is kind. */
  refused = 0;
  outOfOrder = 0;
  connections = 0;

  constructor(reader: Reader, options: ClientOptions) {
    this.reader = reader;
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  get socket(): WebSocket | undefined {
    return this.#socket;
  }

  connect(): Promise<void> {
    return new Promise((ready) => this.#connect(ready));
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#silence);
    this.#socket?.terminate();
  }

  #connect(onReady: () => void): void {
    if (this.#isOver) return;
    const { url, origin, mangle } = this.#options;
    const query = this.held === null ? '' : `?after=${this.held}`;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live${query}`, 'palier.live.v1', {
      origin,
      headers: { cookie: this.reader.cookie },
      perMessageDeflate: false,
      handshakeTimeout: connectWithinMs,
    });
    this.#socket = socket;
    this.#listen();
    socket.on('message', (data) => {
      this.#listen();
      for (const text of mangle ? mangle(String(data)) : [String(data)]) this.#hear(JSON.parse(text) as Frame, onReady);
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.closes.push(code);
      if (this.#isOver || socket !== this.#socket) return;
      this.#tries += 1;
      setTimeout(() => this.#connect(onReady), Math.random() * Math.min(latestTryMs, 50 * 2 ** this.#tries)).unref();
    });
  }

  #listen(): void {
    clearTimeout(this.#silence);
    const { silenceMs = 60_000 } = this.#options;
    this.#silence = setTimeout(() => this.#socket?.terminate(), silenceMs);
    this.#silence.unref();
  }

  #hear(frame: Frame, onReady: () => void): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    if (frame.type === 'ready') {
      this.#tries = 0;
      this.connections += 1;
      if (this.held === null) {
        this.held = frame.seq;
        this.joinedAt = frame.seq;
      }
      onReady();
    } else if (frame.type === 'resync') {
      this.skipped.push([this.held ?? 0, frame.seq]);
      this.held = frame.seq;
    } else if (frame.after !== undefined) this.#take(frame);
  }

  #take(frame: Frame): void {
    if (frame.after !== this.held) {
      this.refused += 1;
      this.#socket?.terminate();
      return;
    }
    if (frame.seq <= this.held) this.outOfOrder += 1;
    this.held = frame.seq;
    const { post, postId } = frame;
    if (frame.type === 'post.closed' && postId) this.closed.add(postId);
    if (frame.type !== 'post.opened' || !post) return;
    const told = this.opened.get(post.id);
    if (told) told.push(performance.now());
    else this.opened.set(post.id, [performance.now()]);
  }
}

/** Opens a client for each reader, thirty-two at a time. */
export const openClients = async (
  readers: readonly Reader[],
  optionsOf: (at: number) => ClientOptions,
): Promise<LiveClient[]> => {
  const clients = readers.map((reader, at) => new LiveClient(reader, optionsOf(at)));
  const waiting = clients.values();
  const lane = async (): Promise<void> => {
    for (const client of waiting) await client.connect();
  };
  await Promise.all(Array.from({ length: 32 }, lane));
  return clients;
};
