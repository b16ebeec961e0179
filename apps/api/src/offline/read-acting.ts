import { ActingSession } from '@palier/domain/offline';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findActing } from '../acting.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { readActingRow } from './acting.queries.ts';

export const ActingId = z.strictObject({ actingId: z.uuid() });

/** For whom I act in a session of mine, and for how long still. Codes: `resource.absent` (not mine), `acting.over` (closed, expired, or of a residence I no longer look after). */
export const readActing = async (ctx: SignedInContext, input: { actingId: string }): Promise<ActingSession> => {
  const { accountId } = ctx.actor;
  const session = orAbsent(await readActingRow(reader(ctx), input.actingId, accountId));
  if (!(await findActing(ctx.db, input.actingId, accountId))) throw new AppError('acting.over');
  return session;
};

export const readActingRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/acting-sessions/:actingId',
    {
      schema: {
        operationId: 'acting.read',
        tags: ['offline'],
        params: ActingId,
        response: { 200: z.strictObject({ session: ActingSession }), ...refusals(404) },
      },
    },
    async (request) => ({ session: await readActing(request.account(), request.params) }),
  );
};
