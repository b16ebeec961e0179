import type { EventFrame, ServerFrame } from '@palier/domain/live';

type Unlinked<Frame> = Frame extends EventFrame ? Omit<Frame, 'after'> : never;

const [textFrame, shortMax, longMax] = [0x81, 125, 65_535] as const;

/** A text as a whole WebSocket frame of a server (RFC 6455, 5.2), so that a frame for many is framed once. */
const framed = (text: string): Buffer => {
  const length = Buffer.byteLength(text);
  const start = length <= shortMax ? 2 : length <= longMax ? 4 : 10;
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = textFrame;
  frame[1] = start === 2 ? length : start === 4 ? 126 : 127;
  if (start === 4) frame.writeUInt16BE(length, 2);
  if (start === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.write(text, start);
  return frame;
};

/** An event frame, serialised once for everyone of one view; only `after` differs from socket to socket, and most neighbours have the same one. */
export class FrameBody {
  readonly seq: number;
  readonly #head: string;
  readonly #tail: string;
  #after = -1;
  #bytes: Buffer = Buffer.alloc(0);

  constructor({ type, seq, ...rest }: Unlinked<EventFrame>) {
    this.seq = seq;
    this.#head = `{"type":"${type}","after":`;
    this.#tail = `,"seq":${seq},${JSON.stringify(rest).slice(1)}`;
  }

  /** The frame as it is sent to a reader that holds `after`. */
  bytes(after: number): Buffer {
    if (after !== this.#after) {
      this.#bytes = framed(this.#head + after + this.#tail);
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
export const plainFrame = (frame: Exclude<ServerFrame, EventFrame>): Buffer => framed(JSON.stringify(frame));
