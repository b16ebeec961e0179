import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../../context.ts';
import { AppError, orAbsent } from '../../errors.ts';
import { mutate, reader } from '../../mutate.ts';
import { refusals } from '../../plugins/refusals.ts';
import { record } from '../../record.ts';
import { type CampaignRow, claimClosing, findCampaign } from './campaigns.queries.ts';
import { actFor, territoriesLed, townOf } from './town.ts';

export const CampaignId = z.strictObject({ campaignId: z.uuid() });

const actOn = async (ctx: SignedInContext, { commune, territoryId }: CampaignRow) => {
  if (commune !== null) return actFor(ctx, await townOf(ctx, commune));
  if (!territoriesLed(ctx).some((id) => id === territoryId)) throw new AppError('resource.absent');
  return { at: ctx.now, actorId: ctx.actor.accountId, actorRole: 'coordinator' } as const;
};

/** Ends a campaign today; what it opened stays open. Codes: `resource.absent`, `campaign.over`. */
export const closeCampaign = async (ctx: SignedInContext, { campaignId }: { campaignId: string }): Promise<void> => {
  const campaign = orAbsent(await findCampaign(reader(ctx), campaignId));
  const act = await actOn(ctx, campaign);
  await mutate(ctx, async (tx) => {
    if (!(await claimClosing(tx, campaignId, ctx.now))) throw new AppError('campaign.over');
    await record(tx, { ...act, action: 'campaign.close', subject: 'campaign', subjectId: campaignId });
  });
};

export const closeCampaignRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/campaigns/:campaignId/close',
    {
      schema: {
        operationId: 'campaigns.close',
        tags: ['kits'],
        params: CampaignId,
        response: { 204: z.null(), ...refusals(404, 409) },
      },
    },
    async (request, reply) => {
      await closeCampaign(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
