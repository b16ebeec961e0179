import { CommuneCode, SetPublic } from '@palier/domain/insights';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { officeOf } from './office.ts';
import { upsertPublic } from './settings.queries.ts';

/** Opens what was released of the officer's commune to anyone, or closes it; off until an officer opens it, and logged. Codes: `role.required`, `resource.absent`. */
export const setPublic = async (ctx: SignedInContext, { insee, isPublic }: SetPublic & { insee: string }) => {
  const office = officeOf(ctx, insee);
  await mutate(ctx, async (tx) => {
    await upsertPublic(tx, office.insee, isPublic ? ctx.now : null);
    await record(
      tx,
      {
        ...{ at: ctx.now, actorId: ctx.actor.accountId, actorRole: 'officer', action: 'town.public' },
        ...{ subject: 'commune', commune: office.insee, reason: isPublic ? 'on' : 'off' },
      },
      [{ kind: 'insights', change: 'now', commune: office.insee }],
    );
  });
};

export const setPublicRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/communes/:insee/public',
    {
      schema: {
        operationId: 'insights.setPublic',
        tags: ['insights'],
        params: CommuneCode,
        body: SetPublic,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await setPublic(request.account(), { ...request.params, ...request.body });
      return reply.code(204).send(null);
    },
  );
};
