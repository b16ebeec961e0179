import { SignCharter } from '@palier/domain/residences';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { findCharter, insertSignature } from './charter.queries.ts';

/** Signs the charter of my residence as I read it. Code: `charter.stale` (it has changed since). */
export const signCharter = async (ctx: ResidentContext, input: { version: number }): Promise<void> => {
  const { accountId, residentId, residenceId, commune } = ctx.actor;
  await mutate(ctx, async (tx) => {
    if ((await findCharter(tx, residenceId)).version !== input.version) throw new AppError('charter.stale');
    if (!(await insertSignature(tx, { residentId, residenceId, version: input.version, signedAt: ctx.now }))) return;
    await record(tx, {
      at: ctx.now,
      actorId: accountId,
      actorRole: 'resident',
      action: 'charter.sign',
      subject: 'residence',
      subjectId: residenceId,
      reason: String(input.version),
      residenceId,
      commune,
    });
  });
};

export const signCharterRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/me/charter',
    {
      schema: {
        operationId: 'charter.sign',
        tags: ['accounts'],
        body: SignCharter,
        response: { 204: z.null(), ...refusals(409) },
      },
    },
    async (request, reply) => {
      await signCharter(request.resident(), request.body);
      return reply.code(204).send(null);
    },
  );
};
