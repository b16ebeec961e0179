import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { actIn, residenceInCare } from '../residences/index.ts';
import { claimScreenEnd, findScreenHome } from './hall.queries.ts';

const ScreenId = z.strictObject({ screenId: z.uuid() });

/** Takes the address of a lobby's screen away: it shows nothing from its next look on, within seconds. Code: `resource.absent`. */
export const closeScreen = async (ctx: SignedInContext, input: { screenId: string }): Promise<void> => {
  const { screenId } = input;
  const home = await residenceInCare(ctx, orAbsent(await findScreenHome(reader(ctx), screenId)));
  await mutate(ctx, async (tx) => {
    if (!(await claimScreenEnd(tx, screenId, ctx.now))) throw new AppError('resource.absent');
    await record(tx, { ...actIn(ctx, home), action: 'hall.close', subject: 'hall-screen', subjectId: screenId });
  });
};

export const closeScreenRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/hall-screens/:screenId',
    {
      schema: {
        operationId: 'hall.close',
        tags: ['offline'],
        params: ScreenId,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await closeScreen(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
