import { gladOfCall, isGladOfCall, ResidenceWeek, weekMs } from '@palier/domain/residences';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { communeName } from '../places/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { ResidenceId, residenceInCare } from './in-care.ts';
import { countFavoursDone, listArrivals, listAskers, listUnanswered } from './week.queries.ts';

const dayMs = 86_400_000;

/** The last seven days of a residence; who might be glad of a call is told to its referent alone, not to the coordinator. Code: `resource.absent`. */
export const readWeek = async (ctx: SignedInContext, input: { residenceId: string }): Promise<ResidenceWeek> => {
  const { id, name, commune, as } = await residenceInCare(ctx, input.residenceId);
  const ago = (ms: number) => new Date(ctx.now.getTime() - ms);
  const [arrivals, unanswered, favoursDone, askers] = await Promise.all([
    listArrivals(ctx.db, id, ago(weekMs)),
    listUnanswered(ctx.db, id, ago(dayMs)),
    countFavoursDone(ctx.db, id, ago(weekMs)),
    as === 'referent' ? listAskers(ctx.db, id, ago(gladOfCall.lookBackMs)) : null,
  ]);
  return {
    residence: { id, name, communeName: communeName(commune) },
    from: ago(weekMs).toISOString(),
    to: ctx.now.toISOString(),
    arrivals,
    unanswered,
    favoursDone,
    gladOfCall: askers?.filter(isGladOfCall).map(({ helped: _, ...one }) => one) ?? null,
  };
};

export const readWeekRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/residences/:residenceId/week',
    {
      schema: {
        operationId: 'residences.week',
        tags: ['residences'],
        params: ResidenceId,
        response: { 200: ResidenceWeek, ...refusals(404) },
      },
    },
    (request) => readWeek(request.account(), request.params),
  );
};
