import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Hashing } from '../accounts/hashing.ts';
import type { Sessions, SignedIn } from '../accounts/sessions.ts';
import { findActing } from '../acting.ts';
import type { Acting, Actor, Context, Deps, ResidentActor } from '../context.ts';
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
    /** For whom the call is made, when a referent makes it for a resident without internet. */
    acting: (Acting & { resident: NonNullable<SignedIn['resident']> }) | null;
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

/** Mints the proof that a resident was found behind a session; the gate, the demo, the jobs and a need told by a visitor use it, nobody else. */
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
    pausedUntil: resident.pausedUntil ?? null,
    mode: resident.mode ?? 'screened',
  }) as ResidentActor;

const actingOf = ({ id, residentId, role, ownResidentId }: Acting): Acting => ({ id, residentId, role, ownResidentId });

/** Reads the session's cookie of a request, hands a renewed cookie back, and remembers who it is. */
export const findSession = async (request: FastifyRequest, reply: FastifyReply | null): Promise<SignedIn | null> => {
  const { sessions, deps } = request.server;
  const rawId = request.cookies[sessions.cookieName];
  request.signedIn = rawId ? await sessions.validate(rawId, deps.clock()) : null;
  if (request.signedIn) await sessions.see(request.signedIn, deps.clock());
  if (request.signedIn?.isFresh && reply) reply.header('set-cookie', sessions.cookie(request.signedIn.rawId));
  return request.signedIn;
};

const actingShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Reads for whom a call is made, if it says so: `Palier-Acting-For` names a session that this account opened. Chosen call by call, never remembered.
 * Codes: `session.required`, `acting.unable` (this is not done for someone else), `acting.over`.
 */
export const findActingFor = async (request: FastifyRequest, mayActFor: boolean): Promise<void> => {
  const actingId = request.headers['palier-acting-for'];
  if (actingId === undefined) return;
  if (!request.signedIn) throw new AppError('session.required');
  if (!mayActFor) throw new AppError('acting.unable');
  if (typeof actingId !== 'string' || !actingShape.test(actingId)) throw new AppError('acting.over');
  const found = await findActing(request.server.deps.db, actingId, request.signedIn.accountId);
  if (!found) throw new AppError('acting.over');
  request.acting = { ...found.acting, resident: found.resident };
};

export const sessionPlugin = fp<{ deps: Deps; sessions: Sessions; hashing: Hashing }>(
  async (app, { deps, sessions, hashing }) => {
    app.decorate('deps', deps);
    app.decorate('sessions', sessions);
    app.decorate('hashing', hashing);
    app.decorateRequest('signedIn', null);
    app.decorateRequest('acting', null);
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
      const { signedIn, acting } = this;
      if (signedIn && acting)
        return { ...context(this, residentActorOf(signedIn.accountId, acting.resident)), acting: actingOf(acting) };
      const actor = this.signedIn && actorOf(this.signedIn).resident;
      if (!actor) throw new AppError(this.signedIn ? 'role.required' : 'session.required');
      return context(this, actor);
    });
  },
);
