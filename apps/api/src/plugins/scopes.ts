import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';
import { findSession } from './session.ts';

/** Who may call a route: named once, around it. A route outside any scope does not start (guards). */
export const scopeNames = ['everyone', 'visitors', 'signedIn', 'residents', 'referents', 'operator'] as const;
export type ScopeName = (typeof scopeNames)[number];

declare module 'fastify' {
  interface FastifyContextConfig {
    scope?: ScopeName;
    /** Whether `Idempotency-Key` is honoured: every POST that creates. */
    isCreating?: boolean;
  }
}

type Gate = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

const gates: Record<ScopeName, Gate> = {
  everyone: async () => undefined,
  visitors: async (request, reply) => {
    await findSession(request, reply);
  },
  signedIn: async (request, reply) => {
    if (!(await findSession(request, reply))) throw new AppError('session.required');
  },
  residents: async (request, reply) => {
    const signedIn = await findSession(request, reply);
    if (!signedIn) throw new AppError('session.required');
    if (!signedIn.resident) throw new AppError('role.required');
  },
  referents: async (request, reply) => {
    const signedIn = await findSession(request, reply);
    if (!signedIn) throw new AppError('session.required');
    if (!signedIn.roles.some((grant) => grant.role === 'referent' || grant.role === 'coordinator'))
      throw new AppError('role.required');
  },
  operator: async (request) => {
    const { metricsToken } = request.server.deps.env;
    const isHere = request.ip === '127.0.0.1' || request.ip === '::1';
    if (metricsToken ? request.headers.authorization !== `Bearer ${metricsToken}` : !isHere)
      throw new AppError('resource.absent');
  },
};

/** Encloses routes in a scope: the gate runs before anything is parsed, so that a stranger learns nothing, not even what a body should be. */
const scoped =
  (scope: ScopeName) =>
  (...routes: FastifyPluginAsync[]): FastifyPluginAsync =>
  async (app) => {
    app.addHook('onRoute', (route) => {
      route.config = { ...route.config, scope };
    });
    app.addHook('onRequest', gates[scope]);
    for (const route of routes) await app.register(route);
  };

/** Anyone, and nobody is looked up: cacheable. */
export const everyone = scoped('everyone');
/** Anyone, known or not. */
export const visitors = scoped('visitors');
/** Whoever is signed in, resident or not. */
export const signedInOnly = scoped('signedIn');
/** Residents; an account without that role gets 403. */
export const residentsOnly = scoped('residents');
/** Referents and coordinators; the use case asks for which place. */
export const referentsOnly = scoped('referents');
/** The operator: by token, or from the machine itself. */
export const operatorOnly = scoped('operator');
