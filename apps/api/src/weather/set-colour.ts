import { departmentOfCommune, SetColour } from '@palier/domain/weather';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { writeNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { TerritoryId, territoryInCharge } from '../territories/index.ts';
import { listCommunesOf, listKeepers, writeByHand } from './weather.queries.ts';

/**
 * Sets the colour of a department by hand for a territory, without a source or against it, or follows the source again; logged, and told to those who look after residences there.
 * Codes: `role.required`, `resource.absent` (not their territory, or no residence of it in that department).
 */
export const setColour = async (ctx: SignedInContext, input: SetColour & { territoryId: string }): Promise<void> => {
  const territory = await territoryInCharge(ctx, input.territoryId);
  const { department, hazard, colour } = input;
  await mutate(ctx, async (tx) => {
    const communes = await listCommunesOf(tx, [territory.id]);
    if (!communes.some(({ commune }) => departmentOfCommune(commune) === department))
      throw new AppError('resource.absent');
    await writeByHand(tx, territory.id, { department, hazard, colour }, ctx.now);
    const others = (await listKeepers(tx, department, territory.id)).filter((id) => id !== ctx.actor.accountId);
    const notices = others.map((accountId) => ({ accountId, kind: 'watch', turn: 'weather' }) as const);
    await record(
      tx,
      {
        at: ctx.now,
        actorId: ctx.actor.accountId,
        actorRole: 'coordinator',
        action: 'weather.set',
        subject: 'territory',
        subjectId: territory.id,
        reason: `${hazard}:${department}:${colour ?? 'source'}`,
      },
      [
        ...(await writeNotices(tx, ctx.now, notices)),
        ...communes
          .filter(({ commune }) => departmentOfCommune(commune) === department)
          .map(({ commune }) => ({ kind: 'insights', change: 'now', commune }) as const),
      ],
    );
  });
};

export const setColourRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/territories/:territoryId/weather',
    {
      schema: {
        operationId: 'weather.set',
        tags: ['weather'],
        params: TerritoryId,
        body: SetColour,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await setColour(request.account(), { ...request.params, ...request.body });
      return reply.code(204).send(null);
    },
  );
};
