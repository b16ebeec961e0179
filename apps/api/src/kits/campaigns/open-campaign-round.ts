import { OpenCampaignRound } from '@palier/domain/kits';
import { RoundView } from '@palier/domain/watch';
import { departmentOfCommune } from '@palier/domain/weather';
import { findKit } from '@palier/kits';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../../answer-once.ts';
import type { SignedInContext } from '../../context.ts';
import { orAbsent } from '../../errors.ts';
import { mutate } from '../../mutate.ts';
import { refusals } from '../../plugins/refusals.ts';
import { residenceInCare } from '../../residences/index.ts';
import { openRound } from '../../rounds/index.ts';
import { CampaignId } from './close-campaign.ts';
import { campaignRunningAt } from './running-at.ts';
import { claimTask } from './tasks.queries.ts';

/**
 * Opens the watch round of a campaign's kit, from a residence, over its territory in its department: every two days at least, faster when the weather asks for it; one that is open goes on.
 * Codes: `role.required`, `resource.absent` (residence, campaign, or a kit without a round), `campaign.over`, `round.exists`.
 */
export const openCampaignRound = async (
  ctx: SignedInContext,
  { campaignId, residenceId }: OpenCampaignRound & { campaignId: string },
): Promise<RoundView> => {
  const residence = await residenceInCare(ctx, residenceId);
  const { kit } = await campaignRunningAt(ctx, campaignId, residence);
  const { id: task, hazard } = orAbsent(findKit(kit, ctx.locale).round);
  const { territoryId, commune } = residence;
  return mutate(ctx, async (tx) => {
    const at = { territoryId, department: departmentOfCommune(commune), hazard, colour: 'yellow' } as const;
    const round = await openRound({ ...ctx, tx }, at);
    await claimTask(tx, { campaignId, residenceId, task }, ctx.now); // counted once, however often it is opened again
    return round;
  });
};

const Opened = z.strictObject({ round: RoundView });

export const openCampaignRoundRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/campaigns/:campaignId/rounds',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'campaigns.openRound',
        tags: ['kits'],
        params: CampaignId,
        body: OpenCampaignRound,
        response: { 201: Opened, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Opened, async (ctx) => ({
        round: await openCampaignRound(ctx, { ...request.params, ...request.body }),
      })),
  );
};
