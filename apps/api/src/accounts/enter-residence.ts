import type { Transaction } from '@palier/db';
import { CreateResident, ResidentView, trustOfInvitation } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findAnswer, keepAnswer, onceOf } from '../answer-once.ts';
import type { Context } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { readInstance } from '../instance/index.ts';
import { hmac } from '../keys.ts';
import { openArrival } from '../moderation/index.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import { findCredentials, findMe, insertAccount, insertResident } from './accounts.queries.ts';
import { countAttempt, findAttempts } from './attempts.queries.ts';
import { isCommonPassword } from './common-passwords.ts';
import type { Hashing } from './hashing.ts';
import { claimInvitation, listStairs } from './invitations.queries.ts';
import { resolveInvitation } from './resolve-invitation.ts';
import type { Sessions } from './sessions.ts';
import { signAtEntering, vouchAtEntering } from './settle-in.ts';

const hourMs = 3_600_000;
/** How often one code may be asked whether an address is taken, an hour: behind a valid code the answer is honest, so it is counted. */
const takenPerCode = 5;

type EnterContext = Context<unknown> & { hashing: Hashing; sessions: Sessions };
type Retried = ReturnType<typeof onceOf>;

const Entered = z.strictObject({ resident: ResidentView });

/** Whoever enters has no account yet that a key could belong to: their address, as no one else can read it, is what they are known by. */
const personOf = ({ keys }: EnterContext, email: string): string => {
  const hex = hmac(keys.internal, `entering ${email}`).toString('hex');
  return [8, 4, 4, 4, 12].map((length, n) => hex.slice(n * 12, n * 12 + length)).join('-');
};

/** The answer to an entering that was done and whose answer was lost, with a new session: the same key and the same words, whose password opens the account still. Code: `credentials.wrong`. */
const againOf = async (ctx: EnterContext, { email, password }: CreateResident, once: Retried) => {
  const first = once && (await findAnswer(ctx.db, once, true));
  if (!first) return null;
  const found = await findCredentials(ctx.db, email);
  const isRight = await ctx.hashing.verify(found?.passwordHash, password);
  if (!found || !isRight) throw new AppError('credentials.wrong');
  return { body: first.body, rawId: await ctx.sessions.create(found.id, ctx.now) };
};

/**
 * Enters a residence with its code: makes the account and the resident, with the trust that this way in gives, and opens a session; done once for each key.
 * Codes: `registration.closed`, `invitation.absent`, `rate.limited`, `password.common`, `stair.foreign`, `email.taken`, `idempotency.mismatch`, `credentials.wrong` (sent again, once the password or the address is another).
 */
export const enterResidence = async (
  ctx: EnterContext,
  input: CreateResident,
  once: Retried = null,
): Promise<{ body: string; rawId: string }> => {
  if (ctx.env.isProduction && readInstance(ctx.env).missing.length > 0) throw new AppError('registration.closed');
  const again = await againOf(ctx, input, once);
  if (again) return again;
  const invitation = await resolveInvitation(ctx, input.code);
  const { residence } = invitation;
  if (isCommonPassword(input.password)) throw new AppError('password.common');
  if (input.stairId && !(await listStairs(ctx.db, residence.id)).some((stair) => stair.id === input.stairId))
    throw new AppError('stair.foreign');
  const takenKey = `taken:${invitation.id}`;
  if ((await findAttempts(ctx.db, takenKey, hourMs, ctx.now)) >= takenPerCode)
    throw new AppError('rate.limited', { retryAfterS: 3600 });
  const refuseTaken = async (): Promise<never> => {
    await countAttempt(ctx.db, takenKey, hourMs, ctx.now);
    throw new AppError('email.taken');
  };
  if (await findCredentials(ctx.db, input.email)) return (await againOf(ctx, input, once)) ?? refuseTaken();
  const passwordHash = await ctx.hashing.hash(input.password);
  const accountId = newId();
  const residentId = newId();
  const { displayName, email } = input;
  const enter = async (tx: Transaction): Promise<string> => {
    if (!(await claimInvitation(tx, invitation.id, ctx.now))) throw new AppError('invitation.absent');
    if (
      !(await insertAccount(tx, {
        id: accountId,
        email,
        passwordHash,
        displayName,
        locale: input.locale ?? ctx.locale,
        createdAt: ctx.now,
      }))
    )
      throw new AppError('email.taken');
    const trust = trustOfInvitation[invitation.kind];
    await insertResident(tx, {
      id: residentId,
      accountId,
      residenceId: residence.id,
      stairId: input.stairId ?? null,
      floor: input.floor ?? null,
      displayName,
      trust,
      enteredBy: invitation.kind,
      invitedBy: invitation.invitedBy,
      joinedAt: ctx.now,
      lastSeenAt: ctx.now,
    });
    const newcomer = { id: residentId, residenceId: residence.id, commune: residence.commune };
    const arrival = trust === 'new' ? await openArrival(tx, newcomer, ctx.now) : [];
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: 'resident',
        action: 'residence.enter',
        subject: 'resident',
        subjectId: residentId,
        residenceId: residence.id,
        commune: residence.commune,
      },
      [{ kind: 'audit', change: 'mail.confirm', sideA: accountId }, ...arrival],
    );
    await signAtEntering(tx, ctx, { id: residentId, residenceId: residence.id }, input.charterVersion);
    if (invitation.invitedBy) await vouchAtEntering(tx, ctx, residentId, residence.id, invitation.invitedBy);
    const { resident: row, residence: home, stair } = orAbsent(await findMe(tx, accountId, ctx.now));
    const { joinedAt, ...rest } = orAbsent(row);
    const resident = { ...rest, joinedAt: joinedAt.toISOString(), residence, stair, cell: orAbsent(home).cell };
    const body = JSON.stringify(Entered.parse({ resident }));
    if (once) await keepAnswer(tx, once, { status: 201, body }, { isSealed: true, now: ctx.now });
    return body;
  };
  const entered = await mutate(ctx, enter).catch(async (error: unknown) => {
    if (!(error instanceof AppError) || !(error.code === 'email.taken' || error.code === 'invitation.absent'))
      throw error;
    const first = await againOf(ctx, input, once); // the same call, sent twice at once, was first
    if (first) return first;
    return error.code === 'email.taken' ? refuseTaken() : Promise.reject(error);
  });
  if (typeof entered !== 'string') return entered;
  return { body: entered, rawId: await ctx.sessions.create(accountId, ctx.now) };
};

export const enterResidenceRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residents',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'residents.enter',
        tags: ['accounts'],
        body: CreateResident,
        response: { 201: Entered },
      },
    },
    async (request, reply) => {
      const ctx = { ...request.visitor(), hashing: app.hashing, sessions: app.sessions };
      const once = onceOf(request, ctx, personOf(ctx, request.body.email));
      const { body, rawId } = await enterResidence(ctx, request.body, once);
      reply.header('set-cookie', app.sessions.cookie(rawId)).code(201).type('application/json; charset=utf-8');
      await reply.serializer(String).send(body as never);
      return reply;
    },
  );
};
