import type { Transaction } from '@palier/db';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../../context.ts';
import { AppError, orAbsent } from '../../errors.ts';
import { mutate, reader } from '../../mutate.ts';
import { refusals } from '../../plugins/refusals.ts';
import { record } from '../../record.ts';
import { type CampaignRow, claimClosing, findCampaign } from './campaigns.queries.ts';
import { listTerritoryCommunes } from './tasks.queries.ts';
import { actFor, boardsMoved, territoriesLed, townOf } from './town.ts';

export const CampaignId = z.strictObject({ campaignId: z.uuid() });

const actOn = async (ctx: SignedInContext, { commune, territoryId }: CampaignRow) => {
  if (commune !== null) return actFor(ctx, await townOf(ctx, commune));
  if (!territoriesLed(ctx).some((id) => id === territoryId)) throw new AppError('resource.absent');
  return { at: ctx.now, actorId: ctx.actor.accountId, actorRole: 'coordinator' } as const;
};

/** The communes where a campaign is shown. */
const communesOf = async (tx: Transaction, { commune, territoryId }: CampaignRow): Promise<string[]> => [
  ...(commune === null ? [] : [commune]),
  ...(territoryId === null ? [] : await listTerritoryCommunes(tx, territoryId)),
];

/** Ends a campaign today; what it opened stays open. Codes: `resource.absent`, `campaign.over`. */
export const closeCampaign = async (ctx: SignedInContext, { campaignId }: { campaignId: string }): Promise<void> => {
  const campaign = orAbsent(await findCampaign(reader(ctx), campaignId));
  const act = await actOn(ctx, campaign);
  await mutate(ctx, async (tx) => {
    if (!(await claimClosing(tx, campaignId, ctx.now))) throw new AppError('campaign.over');
    const entry = { ...act, action: 'campaign.close', subject: 'campaign', subjectId: campaignId };
    await record(tx, entry, boardsMoved(await communesOf(tx, campaign)));
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
