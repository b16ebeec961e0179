import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { problemSentence } from '@palier/messages/problems';
import type { FastifyServerFactory } from 'fastify';

/** The port, open before there is anything behind it. */
export type FrontDoor = {
  server: Server;
  port: number;
  /** What is answered until `handOver`, and whenever nobody is behind the door: health, and 503 for the rest. */
  starting: RequestListener;
  /** Given to Fastify, which then listens behind this door. */
  serverFactory: FastifyServerFactory;
  /** From here on, calls and upgrades go to Fastify. */
  handOver: () => void;
  /** Serves on until nothing new has been asked for a moment, 1 s at most: a call that was sent but not yet read looks like an idle connection, and would be cut. */
  linger: () => Promise<void>;
  /** Takes no more connections, lets those that are open finish for 4 s at most (recipes.md, 1), and resolves when all are gone. */
  drain: () => Promise<void>;
};

const drainMs = 4_000;
const linger = { lookMs: 50, calmLooks: 3, mostMs: 1_000 } as const;

const drainServer = async (server: Server): Promise<void> => {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), drainMs); // a connection that has sent nothing is not idle to Node
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
};

const answer = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    ...(status === 503 && { 'retry-after': '1' }),
  });
  response.end(body);
};

const starting =
  (missing: () => readonly string[]): RequestListener =>
  (request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    request.resume();
    if (path === '/api/health') return answer(response, 200, 'application/json', '{"status":"alive"}');
    if (path === '/api/ready')
      return answer(response, 503, 'application/json', JSON.stringify({ bus: 'polling', missing: missing() }));
    const sentence = problemSentence('overloaded', 'fr');
    if (path.startsWith('/api/'))
      return answer(
        response,
        503,
        'application/problem+json',
        JSON.stringify({
          type: 'about:blank',
          title: 'Service Unavailable',
          status: 503,
          code: 'overloaded',
          detail: sentence,
        }),
      );
    return answer(
      response,
      503,
      'text/html',
      `<!doctype html><html lang="fr"><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>Palier</title><p>${sentence}</p></html>`,
    );
  };

/** The sentence for a port that cannot be had. */
const refusalOf = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  if (error.code === 'EADDRINUSE')
    return new Error(`port ${port} is already in use on ${host}: stop what uses it, or choose another with PORT=…`);
  if (error.code === 'EACCES') return new Error(`port ${port} is reserved: choose one above 1024 with PORT=…`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new Error(`HOST=${host} is not an address of this machine`);
  return error;
};

/**
 * Opens the port first: `/api/health` answers at once, the rest says 503 with what is `missing` until `handOver`.
 * Rejects with a sentence for the operator when the port cannot be had.
 */
export const openFrontDoor = async (
  { host, port }: { host: string; port: number },
  missing: () => readonly string[],
): Promise<FrontDoor> => {
  const answerAlone = starting(missing);
  let active = answerAlone;
  let behind: RequestListener | undefined;
  let asked = 0;
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 10_000, keepAliveTimeout: 72_000, maxHeaderSize: 16_384 },
    (request, response) => {
      asked += 1;
      active(request, response);
    },
  );
  server.setTimeout(30_000);
  await new Promise<void>((opened, refused) => {
    server.once('error', (error) => refused(refusalOf(error, host, port)));
    server.listen({ host, port }, opened);
  });
  let draining: Promise<void> | undefined;
  return {
    server,
    starting: answerAlone,
    linger: async () => {
      const startMs = performance.now();
      for (let calm = 0; calm < linger.calmLooks && performance.now() - startMs < linger.mostMs; ) {
        const [before, lookedMs] = [asked, performance.now()];
        await sleep(linger.lookMs);
        const isOnTime = performance.now() - lookedMs < 2 * linger.lookMs; // else what waits has not been read either
        calm = isOnTime && asked === before ? calm + 1 : 0;
      }
    },
    drain: () => (draining ??= drainServer(server)),
    port: (server.address() as AddressInfo).port,
    serverFactory: (handler) => {
      behind = handler as RequestListener;
      return server;
    },
    handOver: () => {
      if (behind) active = behind;
    },
  };
};
