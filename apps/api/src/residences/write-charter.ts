import { schema, type Transaction } from '@palier/db';
import { CharterView, isReviewDay, WriteCharter } from '@palier/domain/residences';
import { eq } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findCharter } from '../accounts/index.ts';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { actIn, ResidenceId, residenceInCare } from './in-care.ts';

const { charters, residences } = schema;

const lockResidence = async (tx: Transaction, id: string): Promise<void> => {
  await tx.select({ id: residences.id }).from(residences).where(eq(residences.id, id)).for('no key update');
};

/** Writes the next version of a residence's charter; its residents are asked to sign it. Codes: `resource.absent`, `review.day`. */
export const writeCharter = async (
  ctx: SignedInContext,
  input: WriteCharter & { residenceId: string },
): Promise<CharterView> => {
  const residence = await residenceInCare(ctx, input.residenceId);
  if (!isReviewDay(input.reviewOn, ctx.now)) throw new AppError('review.day');
  const { text, reviewOn } = input;
  return mutate(ctx, async (tx) => {
    await lockResidence(tx, residence.id);
    const version = (await findCharter(tx, residence.id)).version + 1;
    const id = newId();
    const written = { id, residenceId: residence.id, version, text, reviewOn };
    await tx.insert(charters).values({ ...written, writtenBy: ctx.actor.accountId, createdAt: ctx.now });
    const act = { action: 'charter.write', subject: 'charter', subjectId: id, reason: String(version), text };
    await record(tx, { ...actIn(ctx, residence), ...act });
    return { version, text, reviewOn };
  });
};

const Written = z.strictObject({ charter: CharterView });

export const writeCharterRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residences/:residenceId/charters',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'charters.write',
        tags: ['residences'],
        params: ResidenceId,
        body: WriteCharter,
        response: { 201: Written, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Written, async (ctx) => ({
        charter: await writeCharter(ctx, { ...request.params, ...request.body }),
      })),
  );
};
