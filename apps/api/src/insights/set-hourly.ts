import { CommuneCode, SetHourly } from '@palier/domain/insights';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { officeOf } from './office.ts';
import { upsertHourly } from './settings.queries.ts';

/** Sets what an hour given is reckoned at in the officer's commune, with the text that says so, or takes it back; logged. Codes: `role.required`, `resource.absent`. */
export const setHourly = async (ctx: SignedInContext, { insee, hourly }: SetHourly & { insee: string }) => {
  const office = officeOf(ctx, insee);
  await mutate(ctx, async (tx) => {
    await upsertHourly(tx, office.insee, hourly, ctx.now);
    await record(
      tx,
      {
        ...{ at: ctx.now, actorId: ctx.actor.accountId, actorRole: 'officer', action: 'town.hourly' },
        ...{ subject: 'commune', commune: office.insee, reason: hourly ? String(hourly.cents) : 'none' },
        text: hourly?.source ?? '',
      },
      [{ kind: 'insights', change: 'now', commune: office.insee }],
    );
  });
};

export const setHourlyRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/communes/:insee/hourly',
    {
      schema: {
        operationId: 'insights.setHourly',
        tags: ['insights'],
        params: CommuneCode,
        body: SetHourly,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await setHourly(request.account(), { ...request.params, ...request.body });
      return reply.code(204).send(null);
    },
  );
};
