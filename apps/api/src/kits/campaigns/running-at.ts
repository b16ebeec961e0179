import type { Context } from '../../context.ts';
import { AppError, orAbsent } from '../../errors.ts';
import { reader } from '../../mutate.ts';
import { type CampaignRow, findCampaign } from './campaigns.queries.ts';
import { inWords } from './in-words.ts';

/** The campaign, if it is proposed to the residences of this commune and territory and runs today. Codes: `resource.absent`, `campaign.over`. */
export const campaignRunningAt = async (
  ctx: Context<unknown>,
  campaignId: string,
  { commune, territoryId }: { commune: string; territoryId: string },
): Promise<CampaignRow> => {
  const campaign = orAbsent(await findCampaign(reader(ctx), campaignId));
  if (campaign.commune !== commune && campaign.territoryId !== territoryId) throw new AppError('resource.absent');
  if (inWords(campaign, commune, ctx).stage !== 'running') throw new AppError('campaign.over');
  return campaign;
};
