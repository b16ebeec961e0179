import { graceMs, WithPassword } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { checkPassword, type Hashing } from '../accounts/index.ts';
import type { SignedInContext } from '../context.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { claimLeaving, endSessions } from './leaving.queries.ts';

/**
 * Asks to leave: in 14 days the account is forgotten, unless its owner signs in again and keeps it. Every session ends at once; what others wait for is ended by a job.
 * Codes: `password.wrong`, `rate.limited`, `hashing.busy`.
 */
export const leave = async (
  ctx: SignedInContext & { hashing: Hashing },
  input: { password: string },
): Promise<void> => {
  await checkPassword(ctx, input.password);
  const { accountId, resident } = ctx.actor;
  await mutate(ctx, async (tx) => {
    if (!(await claimLeaving(tx, accountId, new Date(ctx.now.getTime() + graceMs), ctx.now))) return;
    await endSessions(tx, accountId);
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: resident ? 'resident' : 'visitor',
        action: 'account.leave',
        subject: 'account',
        subjectId: accountId,
      },
      [
        { kind: 'rights', change: 'sessions', sideA: accountId },
        { kind: 'audit', change: 'account.leave', sideA: accountId },
        { kind: 'audit', change: 'mail.leaving', sideA: accountId },
      ],
    );
  });
};

export const leaveRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/me',
    {
      schema: {
        operationId: 'me.leave',
        tags: ['accounts'],
        body: WithPassword,
        response: { 204: z.null(), ...refusals() },
      },
    },
    async (request, reply) => {
      await leave({ ...request.account(), hashing: app.hashing }, request.body);
      return reply.header('set-cookie', app.sessions.blankCookie()).code(204).send(null);
    },
  );
};
