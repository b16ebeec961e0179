import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { claimSessionEnd, endOtherSessions } from './my-sessions.queries.ts';

/** Ends one of my sessions, or every other one; their sockets close when the stream says so. Code: `resource.absent`. */
export const endMySessions = async (ctx: SignedInContext, which: { sessionId: string } | 'others'): Promise<void> => {
  const { accountId, sessionHash, resident } = ctx.actor;
  await mutate(ctx, async (tx) => {
    if (which === 'others') await endOtherSessions(tx, accountId, sessionHash);
    else if (!(await claimSessionEnd(tx, accountId, which.sessionId))) throw new AppError('resource.absent');
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: resident ? 'resident' : 'visitor',
        action: 'session.revoke',
        subject: 'account',
        subjectId: accountId,
        reason: which === 'others' ? 'others' : 'one',
      },
      [{ kind: 'rights', change: 'sessions', sideA: accountId }],
    );
  });
};

export const endSessionRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/me/sessions/:sessionId',
    {
      schema: {
        operationId: 'sessions.end',
        tags: ['accounts'],
        params: z.strictObject({ sessionId: z.uuid() }),
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await endMySessions(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};

export const endOtherSessionsRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/me/sessions',
    { schema: { operationId: 'sessions.endOthers', tags: ['accounts'], response: { 204: z.null(), ...refusals() } } },
    async (request, reply) => {
      await endMySessions(request.account(), 'others');
      return reply.code(204).send(null);
    },
  );
};
