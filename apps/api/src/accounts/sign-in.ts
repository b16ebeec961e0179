import { SignIn } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { addressKey } from '../plugins/rate-limit.ts';
import { record } from '../record.ts';
import { findCredentials } from './accounts.queries.ts';
import { agentFamily } from './agent-family.ts';
import { countAttempt, findAttempts, signInKey } from './attempts.queries.ts';
import type { Hashing } from './hashing.ts';
import type { Sessions } from './sessions.ts';

/** Failures allowed (reliability.md A2): five in half an hour for one account, twenty-five in five minutes from one address. */
const failures = { perAccount: { max: 5, windowMs: 1_800_000 }, perAddress: { max: 25, windowMs: 300_000 } } as const;

type SignInContext = Context<unknown> & { hashing: Hashing; sessions: Sessions; userAgent: string | undefined };

/** Refuses while one of the counters is full, with when to come back. */
const insistOnFailures = async (
  ctx: SignInContext,
  counters: readonly { key: string; max: number; windowMs: number }[],
): Promise<void> => {
  if (!ctx.env.hasRateLimits) return;
  for (const { key, max, windowMs } of counters)
    if ((await findAttempts(ctx.db, key, windowMs, ctx.now)) >= max)
      throw new AppError('rate.limited', {
        retryAfterS: Math.ceil((windowMs - (ctx.now.getTime() % windowMs)) / 1000),
      });
};

/** Opens a session for the right e-mail and password. An unknown address and a wrong password are told apart by nothing. Codes: `credentials.wrong`, `rate.limited`. */
export const signIn = async (ctx: SignInContext, input: z.infer<typeof SignIn>): Promise<{ rawId: string }> => {
  const email = input.email.normalize('NFC').trim().toLowerCase();
  const counters = [
    { key: signInKey(ctx.keys, email), ...failures.perAccount },
    { key: `sign-in:a:${addressKey(ctx.ip)}`, ...failures.perAddress },
  ];
  await insistOnFailures(ctx, counters);
  const found = await findCredentials(ctx.db, email);
  const isRight = await ctx.hashing.verify(found?.passwordHash, input.password);
  if (!found || !isRight) {
    for (const { key, windowMs } of counters) await countAttempt(ctx.db, key, windowMs, ctx.now);
    throw new AppError('credentials.wrong');
  }
  await insistOnFailures(ctx, counters); // again: those tried in the same instant have failed meanwhile
  const rawId = await mutate(ctx, async (tx) => {
    const opened = await ctx.sessions.create(found.id, ctx.now, agentFamily(ctx.userAgent), tx);
    await record(tx, {
      at: ctx.now,
      actorId: found.id,
      actorRole: 'visitor',
      action: 'session.open',
      subject: 'account',
      subjectId: found.id,
    });
    return opened;
  });
  return { rawId };
};

export const signInRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/session',
    { schema: { operationId: 'session.open', tags: ['accounts'], body: SignIn, response: { 204: z.null() } } },
    async (request, reply) => {
      const { rawId } = await signIn(
        {
          ...request.visitor(),
          hashing: app.hashing,
          sessions: app.sessions,
          userAgent: request.headers['user-agent'],
        },
        request.body,
      );
      return reply.header('set-cookie', app.sessions.cookie(rawId)).code(204).send(null);
    },
  );
};
