import type { IncomingMessage } from 'node:http';
import websocket from '@fastify/websocket';
import { liveProtocol, Seq } from '@palier/domain/live';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { WebSocket } from 'ws';
import { AppError } from '../errors.ts';
import { checkOrigin } from '../plugins/origin-gate.ts';
import { signedInOnly } from '../plugins/scopes.ts';
import { clientListener } from './client-frames.ts';
import type { Hub } from './hub.ts';
import { closing } from './reader.ts';

declare module 'fastify' {
  interface FastifyInstance {
    hub: Hub;
  }
}

const isLive = ({ url }: Pick<IncomingMessage, 'url'>): boolean => url?.split('?', 1)[0] === '/api/live';

/** `?after=n`, or null without it; 400 `cursor.invalid` when it is no place in a stream. */
const afterOf = (request: FastifyRequest): number | null => {
  const { after } = request.query as { after?: unknown };
  if (after === undefined) return null;
  const parsed = Seq.safeParse(typeof after === 'string' && /^\d{1,16}$/.test(after) ? Number(after) : after);
  if (!parsed.success || typeof after !== 'string') throw new AppError('cursor.invalid');
  return parsed.data;
};

/** `GET /api/live`: session, then place in the stream and number of sockets, all before any socket exists. Codes: `session.required`, `cursor.invalid`, `rate.limited`. */
const liveRoute: FastifyPluginAsync = async (app) => {
  const { hub } = app;
  const refuse = async (request: FastifyRequest): Promise<void> => {
    afterOf(request);
    if (!request.ws) throw new AppError('resource.absent');
    if (await hub.isFull(request.account().actor)) throw new AppError('rate.limited');
  };
  app.get('/live', { websocket: true, preValidation: refuse, schema: { hide: true } }, (socket: WebSocket, request) => {
    const { actor } = request.account();
    const { resident } = actor;
    const viewer = resident && {
      residentId: resident.residentId,
      residenceId: resident.residenceId,
      stairId: resident.stairId,
      cell: resident.cell,
      commune: resident.commune,
    };
    const reader = hub.admit(
      socket,
      request.raw.socket,
      { accountId: actor.accountId, sessionHash: actor.sessionHash, viewer },
      afterOf(request),
    );
    // Nothing is awaited before this line: a frame that came with the upgrade is heard too.
    socket.on('message', clientListener(hub, reader));
    socket.on('pong', () => {
      reader.awaitsPong = false;
    });
  });
};

/** recipes.md 1; `closeTimeout` is newer than the types. */
const socketOptions = {
  maxPayload: 4096,
  closeTimeout: 3_000,
  perMessageDeflate: false,
  handleProtocols: (offered: Set<string>) => offered.has(liveProtocol) && liveProtocol,
};

/** The live socket and everything that guards it. An upgrade is refused without our own `Origin`, whatever else the browser says of itself; upgrades elsewhere are ordinary calls. */
export const liveRoutes = fp<{ hub: Hub }>(async (app, { hub }) => {
  app.decorate('hub', hub);
  // Readers come back the moment the port is open: an upgrade that Fastify is not ready for would hang, and hold its end back later.
  let isReady = false;
  app.addHook('onReady', async () => {
    isReady = true;
  });
  Object.assign(app.server, { shouldUpgradeCallback: (request: IncomingMessage) => isReady && isLive(request) });
  await app.register(websocket, {
    options: socketOptions,
    // A frame that is no WebSocket frame: ws has begun to close with its own code already.
    errorHandler: (error, socket, request) => {
      request.log.debug({ err: error.message }, 'live socket');
      socket.close(closing.broken);
    },
    preClose(done) {
      void hub.close().then(() => {
        this.websocketServer.close();
        done();
      });
    },
  });
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', async ({ headers, url }) => {
      if (!isLive({ url })) return;
      if (headers.origin === undefined) throw new AppError('origin.missing');
      checkOrigin(headers, app.deps.env.origin.origin);
    });
    await guarded.register(signedInOnly(liveRoute));
  });
});
