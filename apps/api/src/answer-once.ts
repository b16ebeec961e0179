import { createHmac } from 'node:crypto';
import { type Database, inTransaction, schema, type Transaction } from '@palier/db';
import { and, eq, sql } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Context } from './context.ts';
import { AppError } from './errors.ts';
import { hmac } from './keys.ts';
import { seal, unseal } from './seal.ts';

const { answers } = schema;
const keyShape = /^[\x21-\x7e]{1,200}$/;

const hashRequest = ({ method, url, body, acting }: FastifyRequest, secret: Buffer): string =>
  createHmac('sha256', secret)
    .update(`${method} ${url}\n`)
    .update(Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null))
    .update(acting ? `\n${acting.id}` : '')
    .digest('base64url');

/**
 * A call that carries an `Idempotency-Key`: whose it is, what its answer is stored under, what seals it, and the hash of all that was asked. The key itself is
 * kept nowhere, so that whoever holds the database, and even our own keys with it, reads no code and no address that was shown once.
 */
type Once = { person: string; name: string; secret: Buffer; requestHash: string };

/** The call's key as a person's own, null where it has none. Code: `idempotency.invalid`. */
export const onceOf = (
  request: FastifyRequest,
  { keys }: Pick<Context<unknown>, 'keys'>,
  person: string,
): Once | null => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !keyShape.test(key)) throw new AppError('idempotency.invalid');
  const of = (use: string) => hmac(keys.internal, `${use} ${person} ${key}`);
  const secret = of('sealed answer');
  return { person, name: of('answer').toString('base64url'), secret, requestHash: hashRequest(request, secret) };
};

/** What this call was answered before, if it was. Code: `idempotency.mismatch`, when something else was asked with the same key. */
export const findAnswer = async (db: Database | Transaction, once: Once, isSealed: boolean) => {
  const [first] = await db
    .select()
    .from(answers)
    .where(and(eq(answers.accountId, once.person), eq(answers.key, once.name)));
  if (!first) return null;
  if (first.requestHash !== once.requestHash) throw new AppError('idempotency.mismatch');
  return { status: first.status, body: isSealed ? unseal(once.secret, once.person, first.body) : first.body };
};

/** Keeps what this call is answered, in the transaction that does the work. */
export const keepAnswer = async (
  tx: Transaction,
  { person, name, secret, requestHash }: Once,
  { status, body }: { status: number; body: string },
  { isSealed, now }: { isSealed: boolean; now: Date },
): Promise<void> => {
  const stored = isSealed ? seal(secret, person, body) : body;
  await tx.insert(answers).values({ accountId: person, key: name, requestHash, status, body: stored, createdAt: now });
};

/**
 * Answers a creating call once: with an `Idempotency-Key`, the answer is stored in the transaction that does the work, so a retry after any cut
 * gets the same bytes and nothing is done twice. Codes: `idempotency.invalid`, `idempotency.in-flight`, `idempotency.mismatch`.
 * `serialise` turns the result into the body that the route's schema allows; a route with `showsSecret` keeps it sealed. `whenDone` is awaited once all is committed, before any answer.
 */
export const answerOnce = async <C extends Context<{ accountId: string }>, T>(
  request: FastifyRequest,
  reply: FastifyReply,
  ctx: C,
  status: number,
  work: (ctx: C) => Promise<T>,
  serialise: (result: T) => string,
  whenDone: () => Promise<void> = async () => undefined,
): Promise<FastifyReply> => {
  const once = onceOf(request, ctx, ctx.actor.accountId);
  const send = async (code: number, body: string) => {
    await whenDone();
    return code === 204
      ? reply.code(code).send(null)
      : reply.code(code).type('application/json; charset=utf-8').serializer(String).send(body);
  };
  if (!once) return send(status, serialise(await work(ctx)));
  const { showsSecret: isSealed = false } = request.routeOptions.config;
  const answer = await inTransaction(ctx.db, async (tx) => {
    const { rows } = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${once.name}, 0)) as mine`,
    );
    if (!rows[0]?.mine) throw new AppError('idempotency.in-flight', { retryAfterS: 1 });
    const first = await findAnswer(tx, once, isSealed);
    if (first) return first;
    const body = serialise(await work({ ...ctx, tx }));
    await keepAnswer(tx, once, { status, body }, { isSealed, now: ctx.now });
    return { status, body };
  });
  ctx.doorbell.ring();
  return send(answer.status, answer.body);
};

/** How a creation answers when it is not with 201, and what is awaited before it does. */
type Answering = { status?: 200 | 201 | 204; whenDone?: () => Promise<void> };

/** The handler of a POST that creates: does the work once for each `Idempotency-Key`, and answers 201 with what `Body` allows (204 with nothing). Codes: those of `answerOnce`. */
export const createOnce = async <C extends Context<{ accountId: string }>, S extends z.ZodType, R extends FastifyReply>(
  request: FastifyRequest,
  reply: R,
  ctx: C,
  Body: S,
  work: (ctx: C) => Promise<z.input<S>>,
  { status = 201, whenDone }: Answering = {},
): Promise<R> => {
  const serialise = (made: z.input<S>) => JSON.stringify(Body.parse(made));
  await answerOnce(request, reply, ctx, status, work, serialise, whenDone);
  return reply;
};
