import { createHash } from 'node:crypto';
import { inTransaction, schema } from '@palier/db';
import { and, eq, sql } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from './context.ts';
import { AppError } from './errors.ts';

const { answers } = schema;
const keyShape = /^[\x21-\x7e]{1,200}$/;

const hashRequest = ({ method, url, body, acting }: FastifyRequest): string =>
  createHash('sha256')
    .update(`${method} ${url}\n`)
    .update(Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null))
    .update(acting ? `\n${acting.id}` : '')
    .digest('base64url');

/**
 * Answers a creating call once: with an `Idempotency-Key`, the answer is stored in the transaction that does the work, so a retry after any cut
 * gets the same bytes and nothing is done twice. Codes: `idempotency.invalid`, `idempotency.in-flight`, `idempotency.mismatch`.
 * `serialise` turns the result into the body that the route's schema allows.
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
  const requestHash = hashRequest(request);
  const answer = await inTransaction(ctx.db, async (tx) => {
    const { rows } = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`${accountId} ${key}`}, 0)) as mine`,
    );
    if (!rows[0]?.mine) throw new AppError('idempotency.in-flight', { retryAfterS: 1 });
    const [first] = await tx
      .select()
      .from(answers)
      .where(and(eq(answers.accountId, accountId), eq(answers.key, key)));
    if (first) {
      if (first.requestHash !== requestHash) throw new AppError('idempotency.mismatch');
      return { status: first.status, body: first.body };
    }
    const body = serialise(await work({ ...ctx, tx }));
    await tx.insert(answers).values({ accountId, key, requestHash, status, body, createdAt: ctx.now });
    return { status, body };
  });
  ctx.doorbell.ring();
  return send(answer.status, answer.body);
};
