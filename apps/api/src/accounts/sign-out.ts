import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';

/** Ends the session at hand; its sockets are closed when the stream says so. Signing out twice is no error. */
export const signOutRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/session',
    { schema: { operationId: 'session.close', tags: ['accounts'], response: { 204: z.null() } } },
    async (request, reply) => {
      const { signedIn } = request;
      if (signedIn) {
        const ctx = request.account();
        await mutate(ctx, async (tx) => {
          await app.sessions.end(signedIn.rawId, tx);
          await record(
            tx,
            {
              at: ctx.now,
              actorId: ctx.actor.accountId,
              actorRole: 'visitor',
              action: 'session.close',
              subject: 'account',
              subjectId: ctx.actor.accountId,
            },
            [{ kind: 'rights', change: 'sessions', sideA: ctx.actor.accountId }],
          );
        });
      }
      return reply.header('set-cookie', app.sessions.blankCookie()).code(204).send(null);
    },
  );
};
