import type { EventFrame, ServerFrame } from '@palier/domain/live';

type Unlinked<Frame> = Frame extends EventFrame ? Omit<Frame, 'after'> : never;

/** An event frame, serialised once for everyone of one view; only `after` differs from socket to socket, and most neighbours have the same one. */
export class FrameBody {
  readonly seq: number;
  readonly #head: string;
  readonly #tail: string;
  #after = -1;
  #bytes = Buffer.alloc(0);

  constructor({ type, seq, ...rest }: Unlinked<EventFrame>) {
    this.seq = seq;
    this.#head = `{"type":"${type}","after":`;
    this.#tail = `,"seq":${seq},${JSON.stringify(rest).slice(1)}`;
  }

  /** The frame as it is sent to a reader that holds `after`. */
  bytes(after: number): Buffer {
    if (after !== this.#after) {
      this.#bytes = Buffer.from(this.#head + after + this.#tail);
      this.#after = after;
    }
    return this.#bytes;
  }

  /** About how many bytes it takes, to count what waits. */
  get size(): number {
    return this.#tail.length + this.#head.length + 16;
  }
}

/** A frame that is no event, as bytes. */
export const plainFrame = (frame: Exclude<ServerFrame, EventFrame>): Buffer => Buffer.from(JSON.stringify(frame));
