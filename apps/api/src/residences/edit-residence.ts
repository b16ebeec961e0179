import { schema, type Transaction } from '@palier/db';
import { EditResidence, type ResidenceMode } from '@palier/domain/residences';
import { eq } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { actIn, ResidenceId, residenceInCare } from './in-care.ts';

const { residences } = schema;

const updateMode = async (tx: Transaction, id: string, mode: ResidenceMode): Promise<void> => {
  await tx.update(residences).set({ mode }).where(eq(residences.id, id));
};

/** Changes what waits for a referent in a residence, for posts written from now on. Code: `resource.absent`. */
export const editResidence = async (
  ctx: SignedInContext,
  input: { residenceId: string; mode: ResidenceMode },
): Promise<void> => {
  const residence = await residenceInCare(ctx, input.residenceId);
  await mutate(ctx, async (tx) => {
    await updateMode(tx, residence.id, input.mode);
    const act = { action: 'residence.edit', subject: 'residence', subjectId: residence.id, reason: input.mode };
    await record(tx, { ...actIn(ctx, residence), ...act });
  });
};

export const editResidenceRoute: FastifyPluginAsyncZod = async (app) => {
  app.patch(
    '/residences/:residenceId',
    {
      schema: {
        operationId: 'residences.edit',
        tags: ['residences'],
        params: ResidenceId,
        body: EditResidence,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await editResidence(request.account(), { ...request.params, ...request.body });
      return reply.code(204).send(null);
    },
  );
};
