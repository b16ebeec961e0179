import type { CampaignAtHome } from '@palier/domain/kits';
import { error } from '@sveltejs/kit';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import { openTask } from '#lib/kits/open-task.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url, parent }) => {
  const { resident } = await parent();
  const { items } = await forPage(url, apiFor(fetch).getAll<{ items: CampaignAtHome[] }>('/api/campaigns'));
  const campaign = items.find(({ id }) => id === params.campaignId);
  if (!campaign) error(404, { message: sentenceOf('resource.absent') });
  return { campaign, commune: resident.residence.commune, key: crypto.randomUUID() };
};

export const actions: Actions = { task: openTask };
