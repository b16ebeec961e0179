import { connect } from 'node:net';
import { quantile } from '../figures/stats.ts';
import { answerQuestions } from './driver.ts';

/** A load over HTTP: each connection is one reader's, taken in turn from `cookies`, and asks `paths` one after the other. */
export type Load = {
  origin: string;
  method: 'GET' | 'POST';
  paths: string[];
  cookies: string[];
  body?: string;
  connections: number;
  /** So long, or less where so many answers are enough. */
  seconds: number;
  enough?: number;
};
export type Loaded = { answered: number; perSecond: number; p50Ms: number; p99Ms: number; refused: number };

const headEnd = '\r\n\r\n';
const lastChunk = '0\r\n\r\n';

/** What is known of an answer under way: its status, and how many bytes are still to come, unless it comes in chunks of unsaid length. */
type Coming = { status: number; left: number | null };

const readHead = (head: string): Coming => ({
  status: Number(head.slice(9, 12)),
  left: /\r\ntransfer-encoding: *chunked/i.test(head)
    ? null
    : Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0),
});

/** The calls of one connection as bytes, made once: a driver that costs little leaves the processor to what is measured. */
const callsOf = ({ origin, method, paths, body }: Load, cookie: string): string[] => {
  const { host } = new URL(origin);
  const typed =
    body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  const accept = method === 'GET' ? 'text/html,application/json' : 'application/json';
  const headers = `host: ${host}\r\ncookie: ${cookie}\r\norigin: ${origin}\r\naccept: ${accept}\r\n${typed}`;
  return paths.map((path) => `${method} ${path} HTTP/1.1\r\n${headers}\r\n${body ?? ''}`);
};

/** One connection that asks while `goesOn`, each call after the answer before; adds what it saw to `took`, resolves with how many were refused. */
const callWhile = (load: Load, cookie: string, goesOn: () => boolean, took: number[]): Promise<number> =>
  new Promise((ended, failed) => {
    const calls = callsOf(load, cookie);
    let [n, refused, at, head, tail] = [0, 0, 0, '', ''];
    let coming: Coming | null = null;
    const ask = (): void => {
      at = performance.now();
      coming = null;
      [head, tail] = ['', ''];
      socket.write(calls[n++ % calls.length] ?? '');
    };
    const goOn = (): void => {
      if (goesOn()) ask();
      else {
        socket.destroy();
        ended(refused);
      }
    };
    const answered = (status: number): void => {
      if (status >= 200 && status < 300) took.push(performance.now() - at);
      else refused += 1;
      goOn();
    };
    const take = (length: number, buffer: Uint8Array): boolean => {
      const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, length);
      let body = length;
      if (!coming) {
        const before = head.length;
        head += bytes.toString('latin1');
        const bound = head.indexOf(headEnd);
        if (bound < 0) return true;
        coming = readHead(head.slice(0, bound));
        body = length - (bound + headEnd.length - before);
      }
      if (coming.left !== null) coming.left -= body;
      tail = (tail + bytes.subarray(-lastChunk.length).toString('latin1')).slice(-lastChunk.length);
      if (coming.left === null ? tail === lastChunk : coming.left <= 0) answered(coming.status);
      return true;
    };
    const { hostname, port } = new URL(load.origin);
    const onread = { buffer: Buffer.alloc(65_536), callback: take };
    const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread }, goOn);
    socket.on('error', failed);
    socket.on('end', () => failed(new Error('the server closed a connection under load')));
  });

answerQuestions<Load, Loaded>(async (load) => {
  const took: number[] = [];
  const start = performance.now();
  const end = start + load.seconds * 1_000;
  const { enough = Number.POSITIVE_INFINITY } = load;
  const goesOn = (): boolean => performance.now() < end && took.length < enough;
  const refused = await Promise.all(
    Array.from({ length: load.connections }, (_, n) =>
      callWhile(load, load.cookies[n % load.cookies.length] ?? '', goesOn, took),
    ),
  );
  return {
    answered: took.length,
    perSecond: took.length / ((performance.now() - start) / 1_000),
    p50Ms: Math.round(quantile(took, 0.5)),
    p99Ms: Math.round(quantile(took, 0.99)),
    refused: refused.reduce((sum, one) => sum + one, 0),
  };
});
