import type { Socket } from 'node:net';
import type { Interest } from '@palier/domain/live';
import type { Viewer } from '@palier/domain/places';
import type { WebSocket } from 'ws';
import type { FrameBody } from './frame-body.ts';

/** Why a socket of ours closes. */
export const closing = {
  goingAway: 1001,
  refused: 1008,
  broken: 1011,
  restarting: 1012,
  ended: 4001,
  slow: 4008,
} as const;

/** At most this much waits for one reader before they are closed (reliability.md I11): 1 MiB. */
export const unsentMax = 1_048_576;

let slots = 0;
const nextSlot = (): number => {
  slots = (slots + 1) % 1_000_000;
  return slots;
};

/** Whoever was written to while a batch is told, each once; null between batches. */
let gathered: Reader[] | null = null;

/** Runs `work`, which tells a batch in one turn: what one reader gets of it leaves in one write, since the write is what a delivery costs. */
export const inOneWrite = (work: () => void): void => {
  const readers: Reader[] = [];
  gathered = readers;
  try {
    work();
  } finally {
    gathered = null;
    for (const reader of readers) reader.flush();
  }
};

/**
 * One open socket: who reads, what they may see, and where they are in the stream. `waiting` until its first frame, `replaying` what it missed, then `live`, at last `gone`.
 * Until it is live, what happens is queued, so that nothing falls between a replay and the stream.
 */
export class Reader {
  /** How many this process closed because they took too little. */
  static slow = 0;
  readonly socket: WebSocket;
  /** What the socket speaks over: whole frames, made once for many, are handed to it as they are. */
  readonly #wire: Socket;
  readonly accountId: string;
  readonly sessionHash: string;
  viewer: Viewer | null;
  state: 'waiting' | 'replaying' | 'live' | 'gone' = 'waiting';
  interest: Interest | null = null;
  /** The `seq` that its next event frame names in `after`. */
  after: number;
  /** The stream's place from which everything of its concern was queued or sent. */
  joinedAt: number;
  hasHadEvent = false;
  hasResumed = false;
  /** The last event it was considered for, so that no event reaches it by two ways. */
  offered = -1;
  awaitsPong = false;
  /** Its turn among the heartbeats. */
  readonly slot = nextSlot();
  /** Bytes handed to the socket, and how many of them had left at the last look. */
  sent = 0;
  flushed = 0;
  flushedAt = 0;
  queue: FrameBody[] = [];
  #queued = 0;
  /** What the batch that is being told wrote to it so far, in order: mostly one frame. */
  #held: Buffer | null = null;
  #more: Buffer[] = [];
  #heldBytes = 0;

  constructor(
    socket: WebSocket,
    wire: Socket,
    who: { accountId: string; sessionHash: string; viewer: Viewer | null },
    head: number,
  ) {
    this.socket = socket;
    this.#wire = wire;
    this.accountId = who.accountId;
    this.sessionHash = who.sessionHash;
    this.viewer = who.viewer;
    this.after = head;
    this.joinedAt = head;
  }

  /** Hands over an event, now or once what comes before it was sent. */
  tell(body: FrameBody): void {
    if (this.state === 'gone') return;
    if (this.state === 'live') {
      this.send(body);
      return;
    }
    this.queue.push(body);
    this.#queued += body.size;
    if (this.#queued > unsentMax) this.close(closing.slow, 'too much waits');
  }

  /** Sends an event frame linked to the one before, unless the reader is past it. */
  send(body: FrameBody): void {
    if (body.seq <= this.after) return;
    const bytes = body.bytes(this.after);
    this.after = body.seq;
    this.hasHadEvent = true;
    this.write(bytes);
  }

  /** Writes a whole frame, or closes with 4008 when too many bytes already wait (contract.md, Live). Past `ws`, whose own way of sending costs a quarter more: it neither compresses nor cuts frames here. */
  write(bytes: Buffer): void {
    if (this.state === 'gone' || this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount + this.#heldBytes + bytes.length > unsentMax) {
      this.close(closing.slow, 'too much waits');
      return;
    }
    this.sent += bytes.length;
    if (!gathered) {
      this.#wire.write(bytes);
      return;
    }
    this.#heldBytes += bytes.length;
    if (this.#held) {
      this.#more.push(bytes);
      return;
    }
    this.#held = bytes;
    gathered.push(this);
  }

  /** Hands to the socket what the batch wrote to it. */
  flush(): void {
    if (!this.#held) return;
    const bytes = this.#more.length === 0 ? this.#held : Buffer.concat([this.#held, ...this.#more]);
    this.#forgetHeld();
    this.#wire.write(bytes);
  }

  #forgetHeld(): void {
    this.#held = null;
    this.#heldBytes = 0;
    if (this.#more.length > 0) this.#more = [];
  }

  /** What was queued goes out in order, and from here on events as they come. */
  goLive(): void {
    if (this.state === 'gone') return;
    this.state = 'live';
    const { queue } = this;
    this.queue = [];
    this.#queued = 0;
    for (const body of queue) this.send(body);
  }

  /** Says goodbye; from this instant nothing more is sent. */
  close(code: number, reason: string): void {
    if (this.state === 'gone') return;
    this.flush();
    this.leave();
    if (code === closing.slow) Reader.slow += 1;
    this.socket.close(code, reason);
  }

  /** Forgets what waits: the socket is closed or closing. */
  leave(): void {
    this.state = 'gone';
    this.queue = [];
    this.#queued = 0;
    this.#forgetHeld();
  }
}
