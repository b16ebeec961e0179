import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Hashing } from '../accounts/hashing.ts';
import type { Sessions, SignedIn } from '../accounts/sessions.ts';
import type { Actor, Context, Deps, ResidentActor } from '../context.ts';
import { AppError } from '../errors.ts';
import { localeOf } from './locale.ts';

declare module 'fastify' {
  interface FastifyInstance {
    deps: Deps;
    hashing: Hashing;
    sessions: Sessions;
  }
  interface FastifyRequest {
    signedIn: SignedIn | null;
    /** The call, whoever makes it. */
    visitor(): Context<Actor | null>;
    /** The call of someone signed in, or 401. */
    account(): Context<Actor>;
    /** The call of a resident; only routes inside `residentsOnly` may ask. */
    resident(): Context<ResidentActor>;
  }
}

const actorOf = (signedIn: SignedIn): Actor => ({
  accountId: signedIn.accountId,
  sessionHash: signedIn.sessionHash,
  locale: signedIn.locale,
  roles: signedIn.roles,
  emailConfirmed: signedIn.emailConfirmed,
  resident: signedIn.resident ? residentActorOf(signedIn.accountId, signedIn.resident) : null,
});

/** Mints the proof that a resident was found behind a session; the gate, the demo and the jobs use it, nobody else. */
export const residentActorOf = (accountId: string, resident: NonNullable<SignedIn['resident']>): ResidentActor =>
  ({
    residentId: resident.id,
    accountId,
    residenceId: resident.residenceId,
    stairId: resident.stairId,
    cell: resident.cell,
    commune: resident.commune,
    trust: resident.trust,
    displayName: resident.displayName,
  }) as ResidentActor;

/** Reads the session's cookie of a request, hands a renewed cookie back, and remembers who it is. */
export const findSession = async (request: FastifyRequest, reply: FastifyReply | null): Promise<SignedIn | null> => {
  const { sessions, deps } = request.server;
  const rawId = request.cookies[sessions.cookieName];
  request.signedIn = rawId ? await sessions.validate(rawId, deps.clock()) : null;
  if (request.signedIn) await sessions.see(request.signedIn, deps.clock());
  if (request.signedIn?.isFresh && reply) reply.header('set-cookie', sessions.cookie(request.signedIn.rawId));
  return request.signedIn;
};

export const sessionPlugin = fp<{ deps: Deps; sessions: Sessions; hashing: Hashing }>(
  async (app, { deps, sessions, hashing }) => {
    app.decorate('deps', deps);
    app.decorate('sessions', sessions);
    app.decorate('hashing', hashing);
    app.decorateRequest('signedIn', null);
    const context = <A>(request: FastifyRequest, actor: A): Context<A> => ({
      ...deps,
      log: request.log,
      actor,
      now: deps.clock(),
      ip: request.ip,
      locale: localeOf(request),
      tx: null,
    });
    app.decorateRequest('visitor', function (this: FastifyRequest) {
      return context(this, this.signedIn ? actorOf(this.signedIn) : null);
    });
    app.decorateRequest('account', function (this: FastifyRequest) {
      if (!this.signedIn) throw new AppError('session.required');
      return context(this, actorOf(this.signedIn));
    });
    app.decorateRequest('resident', function (this: FastifyRequest) {
      const actor = this.signedIn && actorOf(this.signedIn).resident;
      if (!actor) throw new AppError(this.signedIn ? 'role.required' : 'session.required');
      return context(this, actor);
    });
  },
);
