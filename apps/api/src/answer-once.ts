import { createHmac } from 'node:crypto';
import { inTransaction, schema } from '@palier/db';
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
 * What a key is stored under, and what seals the answers that show a secret: the key itself is kept nowhere, so that whoever holds the database, and even our
 * own keys with it, reads no code and no address that was shown once.
 */
const keptOf = (ctx: Context<{ accountId: string }>, key: string) => {
  const { accountId } = ctx.actor;
  const of = (use: string) => hmac(ctx.keys.internal, `${use} ${accountId} ${key}`);
  return { name: of('answer').toString('base64url'), secret: of('sealed answer') };
};

/**
 * Answers a creating call once: with an `Idempotency-Key`, the answer is stored in the transaction that does the work, so a retry after any cut
 * gets the same bytes and nothing is done twice. Codes: `idempotency.invalid`, `idempotency.in-flight`, `idempotency.mismatch`.
 * `serialise` turns the result into the body that the route's schema allows; a route with `showsSecret` keeps it sealed.
 */
export const answerOnce = async <C extends Context<{ accountId: string }>, T>(
  request: FastifyRequest,
  reply: FastifyReply,
  ctx: C,
  status: number,
  work: (ctx: C) => Promise<T>,
  serialise: (result: T) => string,
): Promise<FastifyReply> => {
  const key = request.headers['idempotency-key'];
  const send = (code: number, body: string) =>
    reply.code(code).type('application/json; charset=utf-8').serializer(String).send(body);
  if (key === undefined) return send(status, serialise(await work(ctx)));
  if (typeof key !== 'string' || !keyShape.test(key)) throw new AppError('idempotency.invalid');
  const { accountId } = ctx.actor;
  const kept = keptOf(ctx, key);
  const requestHash = hashRequest(request, kept.secret);
  const { showsSecret = false } = request.routeOptions.config;
  const answer = await inTransaction(ctx.db, async (tx) => {
    const { rows } = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`${accountId} ${key}`}, 0)) as mine`,
    );
    if (!rows[0]?.mine) throw new AppError('idempotency.in-flight', { retryAfterS: 1 });
    const [first] = await tx
      .select()
      .from(answers)
      .where(and(eq(answers.accountId, accountId), eq(answers.key, kept.name)));
    if (first) {
      if (first.requestHash !== requestHash) throw new AppError('idempotency.mismatch');
      return { status: first.status, body: showsSecret ? unseal(kept.secret, accountId, first.body) : first.body };
    }
    const body = serialise(await work({ ...ctx, tx }));
    const stored = showsSecret ? seal(kept.secret, accountId, body) : body;
    const row = { accountId, key: kept.name, requestHash, status, body: stored, createdAt: ctx.now };
    await tx.insert(answers).values(row);
    return { status, body };
  });
  ctx.doorbell.ring();
  return send(answer.status, answer.body);
};

/** The handler of a POST that creates: does the work once for each `Idempotency-Key`, and answers 201 with what `Body` allows. Codes: those of `answerOnce`. */
export const createOnce = async <C extends Context<{ accountId: string }>, S extends z.ZodType, R extends FastifyReply>(
  request: FastifyRequest,
  reply: R,
  ctx: C,
  Body: S,
  work: (ctx: C) => Promise<z.input<S>>,
): Promise<R> => {
  await answerOnce(request, reply, ctx, 201, work, (made) => JSON.stringify(Body.parse(made)));
  return reply;
};
