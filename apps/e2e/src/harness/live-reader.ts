import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { Caller } from './caller.ts';
import { capture } from './capture.ts';
import type { Frame } from './shapes.ts';

export const protocol = 'palier.live.v1';

/** What stands before a socket: the status when the upgrade was refused. */
export const refusalOf = async (caller: Caller, headers: Record<string, string>): Promise<number> => {
  const socket = new WebSocket(liveUrl(caller), protocol, { headers });
  const status = await Promise.race([
    once(socket, 'unexpected-response').then((seen) => (seen[1] as IncomingMessage).statusCode),
    once(socket, 'open').then(() => 101),
  ]);
  socket.on('error', () => undefined);
  socket.terminate();
  return status ?? 0;
};

const liveUrl = (caller: Caller, after?: number): string =>
  `${caller.origin.replace('http', 'ws')}/api/live${after === undefined ? '' : `?after=${after}`}`;

/** A client of `/api/live` that keeps every frame and can be asked for the next one that fits. */
export class LiveReader {
  readonly frames: Frame[] = [];
  private readonly socket: WebSocket;
  private readonly waiting = new Set<() => void>();
  closedWith: number | undefined;

  private constructor(socket: WebSocket, reader: string) {
    this.socket = socket;
    socket.on('message', (data) => {
      const text = String(data);
      capture(reader, 'frame', text);
      this.frames.push(JSON.parse(text) as Frame);
      for (const check of [...this.waiting]) check();
    });
    socket.on('close', (code) => {
      this.closedWith = code;
      for (const check of [...this.waiting]) check();
    });
    socket.on('error', () => undefined);
  }

  /** Opens a socket as `caller`; `after` resumes without a round trip. */
  static async open(caller: Caller, { after }: { after?: number } = {}): Promise<LiveReader> {
    const headers = { cookie: caller.cookie, origin: caller.origin };
    const socket = new WebSocket(liveUrl(caller, after), protocol, { headers });
    const reader = new LiveReader(socket, caller.reader);
    await once(socket, 'open');
    return reader;
  }

  get events(): Frame[] {
    return this.frames.filter(({ after }) => after !== undefined);
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The first frame that `fits`, already here or within `ms`. */
  next(fits: (frame: Frame) => boolean, ms = 5000): Promise<Frame> {
    return this.until(() => this.frames.find(fits), ms, 'no such frame');
  }

  /** The code of the close, within `ms`. */
  closed(ms = 5000): Promise<number> {
    return this.until(() => this.closedWith, ms, 'still open');
  }

  private until<T>(look: () => T | undefined, ms: number, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(timer);
        this.waiting.delete(check);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.waiting.delete(check);
        reject(new Error(`${what} within ${ms} ms; seen: ${JSON.stringify(this.frames).slice(0, 2000)}`));
      }, ms);
      this.waiting.add(check);
      check();
    });
  }

  /** Leaves without a word, as a lost phone does. */
  cut(): void {
    this.socket.terminate();
  }
}
