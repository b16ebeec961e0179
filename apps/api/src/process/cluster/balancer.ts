import { Agent, request as call, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { answeredHeaders, forwardedHeaders } from './forwarded.ts';

/** A process that can be asked: its port, or null while it does not answer. */
export type Target = { port(): number | null };

const host = '127.0.0.1';
const answerWithinMs = 12_000;

/** Targets in turn, those that answer first asked. */
const inTurn = (targets: readonly Target[]) => {
  let turn = 0;
  return (): number[] => {
    turn = (turn + 1) % Math.max(1, targets.length);
    return [...targets.slice(turn), ...targets.slice(0, turn)].flatMap((target) => target.port() ?? []);
  };
};

type BalancerOptions = {
  api: readonly Target[];
  /** The pages; without them everything is the API's. */
  web: readonly Target[];
  /** Whether the addresses that callers say they forward are handed on (TRUST_PROXY). */
  keepsChain: boolean;
  /** What a caller is answered when no process does. */
  overloaded: RequestListener;
};

/** One origin over several processes: calls go round in turn, a live socket stays with the process that took it, and whoever does not answer is passed over. */
export const openBalancer = ({ api, web, keepsChain, overloaded }: BalancerOptions) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 256, timeout: 60_000 });
  const turns = { api: inTurn(api), web: inTurn(web) };
  const tunnels = new Set<Duplex>();
  const portsFor = (url = '/'): number[] =>
    /^\/api(?:[/?]|$)/.test(url) || web.length === 0 ? turns.api() : turns.web();

  const send = (request: IncomingMessage, response: ServerResponse, ports: readonly number[]): void => {
    const [port, ...others] = ports;
    if (port === undefined) {
      overloaded(request, response);
      return;
    }
    let hasBegun = false;
    let isOver = false;
    const { method = 'GET', url: path = '/' } = request;
    const asked = call({ host, port, method, path, agent, timeout: answerWithinMs, setDefaultHeaders: false });
    const headers = forwardedHeaders(request, keepsChain);
    for (let at = 0; at + 1 < headers.length; at += 2) asked.appendHeader(headers[at] ?? '', headers[at + 1] ?? '');
    const begin = (): void => {
      hasBegun = true;
      if (request.readableEnded) asked.end();
      else request.pipe(asked);
    };
    asked.once('socket', (socket) => (socket.connecting ? socket.once('connect', begin) : begin()));
    asked.once('timeout', () => asked.destroy(new Error('no answer')));
    asked.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', answeredHeaders(answer));
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    });
    asked.on('error', () => {
      if (isOver) return;
      isOver = true;
      if (response.headersSent || response.destroyed) response.destroy();
      else if (!hasBegun || (asked.reusedSocket && method === 'GET')) send(request, response, others);
      else overloaded(request, response);
    });
    response.once('close', () => {
      if (!response.writableFinished) asked.destroy();
    });
  };

  const tunnel = (request: IncomingMessage, socket: Duplex, head: Buffer, ports: readonly number[]): void => {
    const [port, ...others] = ports;
    if (port === undefined) {
      socket.end(
        'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
      );
      return;
    }
    const upstream: Socket = connect({ host, port, noDelay: true });
    let isOpen = false;
    upstream.once('connect', () => {
      isOpen = true;
      const headers = forwardedHeaders(request, keepsChain);
      const lines = Array.from(
        { length: headers.length / 2 },
        (_, at) => `${headers[2 * at]}: ${headers[2 * at + 1]}\r\n`,
      );
      upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
      tunnels.add(socket);
    });
    upstream.on('error', () => {
      if (isOpen) socket.destroy();
      else tunnel(request, socket, head, others);
    });
    upstream.once('close', () => isOpen && socket.destroy());
    socket.once('close', () => {
      tunnels.delete(socket);
      upstream.destroy();
    });
  };

  return {
    handle: ((request, response) => send(request, response, portsFor(request.url))) satisfies RequestListener,
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
      socket.on('error', () => socket.destroy());
      if ('setNoDelay' in socket) (socket as Socket).setNoDelay(true).setTimeout(0);
      tunnel(request, socket, head, portsFor(request.url));
    },
    close: (): void => {
      agent.destroy();
      for (const socket of tunnels) socket.destroy();
    },
  };
};
