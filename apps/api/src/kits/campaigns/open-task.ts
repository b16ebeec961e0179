import { type KitTask, OpenTask } from '@palier/domain/kits';
import { PostDetail } from '@palier/domain/posts';
import { findKit } from '@palier/kits';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../../answer-once.ts';
import type { ResidentContext } from '../../context.ts';
import { AppError, orAbsent } from '../../errors.ts';
import { mutate, reader } from '../../mutate.ts';
import { refusals } from '../../plugins/refusals.ts';
import { createPost } from '../../posts/index.ts';
import { CampaignId } from './close-campaign.ts';
import { campaignRunningAt } from './running-at.ts';
import { claimTask, findTerritoryOf, noteTaskPost } from './tasks.queries.ts';

const draftOf = ({ kind, category, title, details, audience, helpersNeeded }: KitTask) => ({
  ...{ kind, category, title, details, audience },
  ...(helpersNeeded !== undefined && { helpersNeeded }),
});

/**
 * Makes a post of a task of a campaign for the caller's residence, in their own name: once a residence, and again only when that post ended before its end.
 * Codes: `resource.absent` (campaign or task), `campaign.over`, `task.opened`, and those of `createPost`.
 */
export const openTask = async (
  ctx: ResidentContext,
  { campaignId, task: taskId }: OpenTask & { campaignId: string },
): Promise<PostDetail> => {
  const { commune, residenceId } = ctx.actor;
  const territoryId = orAbsent(await findTerritoryOf(reader(ctx), residenceId));
  const { kit } = await campaignRunningAt(ctx, campaignId, { commune, territoryId });
  const task = orAbsent(findKit(kit, ctx.locale).tasks.find(({ id }) => id === taskId));
  const row = { campaignId, residenceId, task: task.id };
  return mutate(ctx, async (tx) => {
    if (!(await claimTask(tx, row, ctx.now))) throw new AppError('task.opened');
    const post = await createPost({ ...ctx, tx }, draftOf(task));
    await noteTaskPost(tx, row, post.id);
    return post;
  });
};

const Opened = z.strictObject({ post: PostDetail });

export const openTaskRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/campaigns/:campaignId/tasks',
    {
      config: { isCreating: true, mayActFor: true },
      schema: {
        operationId: 'campaigns.openTask',
        tags: ['kits'],
        params: CampaignId,
        body: OpenTask,
        response: { 201: Opened, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.resident(), Opened, async (ctx) => ({
        post: await openTask(ctx, { ...request.params, ...request.body }),
      })),
  );
};
