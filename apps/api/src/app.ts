import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import underPressure from '@fastify/under-pressure';
import Fastify, { type FastifyServerOptions, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { accountsRoutes, openHashing, openSessions } from './accounts/index.ts';
import type { Deps } from './context.ts';
import { AppError } from './errors.ts';
import { favoursRoutes } from './favours/index.ts';
import { insightsRoutes } from './insights/index.ts';
import { instanceRoutes } from './instance/index.ts';
import { type KitCounter, kitsRoutes } from './kits/index.ts';
import { leavingRoutes } from './leaving/index.ts';
import { type Hub, liveRoutes } from './live/index.ts';
import { matchingRoutes } from './matching/index.ts';
import { messagingRoutes } from './messaging/index.ts';
import { moderationRoutes } from './moderation/index.ts';
import { notificationsRoutes } from './notifications/index.ts';
import { offlineRoutes } from './offline/index.ts';
import { operationsRoutes } from './operations/index.ts';
import { placesRoutes } from './places/index.ts';
import { jsonBody } from './plugins/body.ts';
import { clientAddress } from './plugins/client-address.ts';
import { copies } from './plugins/copies.ts';
import { formerNames } from './plugins/former-names.ts';
import { originGate } from './plugins/origin-gate.ts';
import { answerProblem, problems } from './plugins/problems.ts';
import { limitOf, rateLimitKey } from './plugins/rate-limit.ts';
import { routeTable } from './plugins/route-table.ts';
import { sessionPlugin } from './plugins/session.ts';
import { openSharedCounts } from './plugins/shared-counts.ts';
import { postsRoutes } from './posts/index.ts';
import type { Presence } from './process/presence.ts';
import { residencesRoutes } from './residences/index.ts';
import { roundsRoutes } from './rounds/index.ts';
import { seriesRoutes } from './series/index.ts';
import { territoriesRoutes } from './territories/index.ts';
import { watchRoutes } from './watch/index.ts';
import { weatherRoutes } from './weather/index.ts';

type AppOptions = FastifyServerOptions & {
  /** Calls are refused with 503 while the event loop lags by more than so many ms; never, without it. */
  shedsAboveMs?: number;
  /** Who tells the sockets of `/api/live`; without one there is no such route. */
  hub?: Hub;
  /** Who else serves this database: limits are then the same in all. */
  presence?: Presence | undefined;
  /** Who counts the kits taken; without one the app counts by itself. */
  kitCounter?: KitCounter;
};

/** Builds the API over its shared parts, without listening: `server.ts` alone listens, tests inject. */
export const buildApp = async (
  deps: Deps,
  { shedsAboveMs, hub, presence, kitCounter, ...options }: AppOptions = {},
) => {
  const { env } = deps;
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 65_536,
    requestTimeout: 10_000,
    connectionTimeout: 30_000,
    handlerTimeout: 10_000,
    frameworkErrors: answerProblem,
    trustProxy: env.trustProxy ?? false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    ...options,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(routeTable);
  await app.register(problems);
  if (shedsAboveMs !== undefined)
    await app.register(underPressure, { maxEventLoopDelay: shedsAboveMs, retryAfter: 2, exposeStatusRoute: false });
  await app.register(clientAddress, { token: deps.keys.internal.toString('base64url') });
  await app.register(cookie);
  await app.register(jsonBody);
  await app.register(originGate, { origin: env.origin });
  const hashing = openHashing(env.hasRateLimits);
  await app.register(sessionPlugin, { deps, sessions: openSessions(deps.db, env.origin), hashing });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Palier',
        version: '0.1.0',
        license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
      },
      servers: [{ url: env.origin.origin }],
    },
    transform: jsonSchemaTransform,
  });
  await app.register(
    async (api) => {
      await api.register(helmet, {
        contentSecurityPolicy: {
          directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
          useDefaults: false,
        },
        referrerPolicy: { policy: 'same-origin' },
      });
      if (env.hasRateLimits)
        await api.register(rateLimit, {
          hook: 'onRequest',
          max: limitOf,
          timeWindow: 60_000,
          keyGenerator: rateLimitKey,
          ...(presence && {
            store: openSharedCounts({ db: deps.db, presence, key: deps.keys.internal, log: deps.log }),
          }),
          addHeadersOnExceeding: {},
        });
      await api.register(formerNames);
      await api.register(copies);
      await api.register(accountsRoutes);
      await api.register(leavingRoutes);
      await api.register(placesRoutes);
      await api.register(instanceRoutes);
      await api.register(residencesRoutes);
      await api.register(territoriesRoutes);
      await api.register(weatherRoutes);
      await api.register(roundsRoutes);
      await api.register(watchRoutes);
      await api.register(postsRoutes);
      await api.register(favoursRoutes);
      await api.register(seriesRoutes);
      await api.register(messagingRoutes);
      await api.register(moderationRoutes);
      await api.register(matchingRoutes);
      await api.register(notificationsRoutes);
      await api.register(offlineRoutes);
      await api.register(kitsRoutes, { counter: kitCounter });
      await api.register(insightsRoutes);
      if (hub) await api.register(liveRoutes, { hub });
      await api.register(operationsRoutes);
      api.all('/*', { schema: { hide: true }, config: { scope: 'everyone' } }, async () => {
        throw new AppError('resource.absent');
      });
    },
    { prefix: '/api' },
  );
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true, uiConfig: { deepLinking: false } });
  return app;
};
export type App = Awaited<ReturnType<typeof buildApp>>;
