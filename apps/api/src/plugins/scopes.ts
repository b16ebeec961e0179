import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { insistOnFactor } from '../accounts/factor/insist-on-factor.ts';
import { AppError } from '../errors.ts';
import { findActingFor, findSession } from './session.ts';

/** Who may call a route: named once, around it. A route outside any scope does not start (guards). */
export const scopeNames = [
  'everyone',
  'visitors',
  'signedIn',
  'residents',
  'referents',
  'coordinators',
  'officers',
  'towns',
  'readers',
  'watchers',
  'operator',
] as const;
export type ScopeName = (typeof scopeNames)[number];

declare module 'fastify' {
  interface FastifyContextConfig {
    scope?: ScopeName;
    /** Whether `Idempotency-Key` is honoured: every POST that creates. */
    isCreating?: boolean;
    /** Whether its answer shows a secret once: kept for a retry, it is sealed with the key of the call itself. */
    showsSecret?: boolean;
    /** Whether a mail program may post to it from nowhere (RFC 8058): its own signed link is the proof, and no cookie is looked at. */
    isOneClick?: boolean;
    /** Whether a referent may call it for a resident without internet; only routes of `residents` that say so. */
    mayActFor?: boolean;
  }
}

const insistOnSession = (request: FastifyRequest): NonNullable<FastifyRequest['signedIn']> => {
  if (!request.signedIn) throw new AppError('session.required');
  return request.signedIn;
};

const gates: Record<ScopeName, (request: FastifyRequest) => void> = {
  everyone: () => undefined,
  visitors: () => undefined,
  signedIn: (request) => void insistOnSession(request),
  residents: (request) => {
    if (!insistOnSession(request).resident && !request.acting) throw new AppError('role.required');
  },
  referents: (request) => {
    const { roles } = insistOnSession(request);
    if (!roles.some((grant) => grant.role === 'referent' || grant.role === 'coordinator'))
      throw new AppError('role.required');
  },
  coordinators: (request) => {
    if (!insistOnSession(request).roles.some(({ role }) => role === 'coordinator')) throw new AppError('role.required');
  },
  officers: (request) => {
    if (!insistOnSession(request).roles.some(({ role }) => role === 'officer')) throw new AppError('role.required');
  },
  towns: (request) => {
    if (!insistOnSession(request).roles.some(({ role }) => role === 'officer' || role === 'coordinator'))
      throw new AppError('role.required');
  },
  readers: (request) => {
    if (!insistOnSession(request).roles.some(({ role }) => role === 'reader')) throw new AppError('role.required');
  },
  watchers: (request) => {
    const { resident, roles } = insistOnSession(request);
    if (!resident && !roles.some(({ role }) => role === 'reader')) throw new AppError('role.required');
  },
  operator: (request) => {
    const { metricsToken } = request.server.deps.env;
    const isHere = request.ip === '127.0.0.1' || request.ip === '::1';
    if (metricsToken ? request.headers.authorization !== `Bearer ${metricsToken}` : !isHere)
      throw new AppError('resource.absent');
  },
};

/** The desks: a second factor opens them, where it is required or was set up. */
const asksFactor: ReadonlySet<ScopeName> = new Set(['referents', 'coordinators', 'officers', 'towns', 'readers']);

const looksNobodyUp: ReadonlySet<ScopeName> = new Set(['everyone', 'operator']);

/**
 * Encloses routes in a scope: the gate runs before anything is parsed, so that a stranger learns nothing, not even what a body should be,
 * and after the limits on calls, which a route counts once it knows who calls, so that refused calls count too.
 */
const scoped =
  (scope: ScopeName) =>
  (...routes: FastifyPluginAsync[]): FastifyPluginAsync =>
  async (app) => {
    app.addHook('onRoute', (route) => {
      route.config = { ...route.config, scope };
    });
    if (!looksNobodyUp.has(scope))
      app.addHook('onRequest', async (request, reply) => {
        await findSession(request, reply);
        await findActingFor(request, scope === 'residents' && request.routeOptions.config.mayActFor === true);
      });
    app.addHook('preParsing', async (request) => {
      gates[scope](request);
      if (asksFactor.has(scope)) await insistOnFactor(request.account());
    });
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
/** Coordinators; the use case asks for which territory. */
export const coordinatorsOnly = scoped('coordinators');
/** Officers of a town hall; the use case asks for which commune. */
export const officersOnly = scoped('officers');
/** Officers and coordinators; the use case asks for which commune or territory. */
export const townsOnly = scoped('towns');
/** Those who may be named readers of the watch; the wall shows them only whom they were named to read. */
export const readersOnly = scoped('readers');
/** Residents and readers, who may both make checks; the use case asks which. */
export const watchersOnly = scoped('watchers');
/** The operator: by token, or from the machine itself. */
export const operatorOnly = scoped('operator');
