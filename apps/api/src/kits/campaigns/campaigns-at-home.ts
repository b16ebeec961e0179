import { CampaignAtHome, type KitRound } from '@palier/domain/kits';
import { PageQuery, pageOf } from '@palier/domain/paging';
import { departmentOfCommune } from '@palier/domain/weather';
import { findKit } from '@palier/kits';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Context, ResidentContext, SignedInContext } from '../../context.ts';
import { cutPage } from '../../cut-page.ts';
import { reader } from '../../mutate.ts';
import { refusals } from '../../plugins/refusals.ts';
import { ResidenceId, residenceInCare } from '../../residences/index.ts';
import { readRounds } from '../../rounds/index.ts';
import { listRunningAtHome } from './campaigns.queries.ts';
import { inWords } from './in-words.ts';
import { listTaskPosts } from './tasks.queries.ts';
import { todayIn } from './today-in.ts';
import { territoriesLed } from './town.ts';

type Home = { residenceId: string; commune: string };

/** What runs in a residence today, one campaign a kit, each with its tasks and the posts they became there. */
const campaignsAt = async (ctx: Context<unknown>, home: Home): Promise<CampaignAtHome[]> => {
  const running = await listRunningAtHome(reader(ctx), home.residenceId, todayIn(home.commune, ctx.now));
  if (running.length === 0) return [];
  const rows = running.filter(({ kit }, n) => running.findIndex((one) => one.kit === kit) === n);
  const ids = rows.map(({ id }) => id);
  const posts = await listTaskPosts(reader(ctx), ids, home.residenceId);
  return rows.map((row) => ({
    ...inWords(row, home.commune, ctx),
    residenceId: home.residenceId,
    tasks: findKit(row.kit, ctx.locale).tasks.map((task) => ({
      ...task,
      postId: posts.get(`${row.id} ${task.id}`) ?? null,
    })),
    round: null,
  }));
};

/** The campaigns that run where I live. */
export const listMyCampaigns = (ctx: ResidentContext): Promise<CampaignAtHome[]> => campaignsAt(ctx, ctx.actor);

/** The campaigns that run in a residence that the caller looks after. Code: `resource.absent`. */
export const listResidenceCampaigns = async (
  ctx: SignedInContext,
  input: { residenceId: string },
): Promise<CampaignAtHome[]> => {
  const { id: residenceId, commune, territoryId } = await residenceInCare(ctx, input.residenceId);
  const running = await campaignsAt(ctx, { residenceId, commune });
  if (running.length === 0) return [];
  const department = departmentOfCommune(commune);
  const open = (await readRounds(ctx)).rounds.filter(
    (one) => one.territoryId === territoryId && one.department === department,
  );
  const mayOpen = territoriesLed(ctx).includes(territoryId);
  const roundOf = (round: KitRound | undefined) =>
    round ? { ...round, isOpen: open.some(({ hazard }) => hazard === round.hazard), mayOpen } : null;
  return running.map((one) => ({ ...one, round: roundOf(findKit(one.kit, ctx.locale).round) }));
};

export const listMyCampaignsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/campaigns',
    {
      config: { mayActFor: true },
      schema: {
        operationId: 'campaigns.mine',
        tags: ['kits'],
        querystring: PageQuery,
        response: { 200: pageOf(CampaignAtHome), ...refusals() },
      },
    },
    async (request) => {
      const ctx = request.resident();
      const all = await listMyCampaigns(ctx);
      return cutPage(ctx.keys, `campaigns at ${ctx.actor.residenceId}`, all, request.query, ({ id }) => id);
    },
  );
};

export const listResidenceCampaignsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/residences/:residenceId/campaigns',
    {
      schema: {
        operationId: 'campaigns.ofResidence',
        tags: ['kits'],
        params: ResidenceId,
        querystring: PageQuery,
        response: { 200: pageOf(CampaignAtHome), ...refusals(404) },
      },
    },
    async (request) => {
      const ctx = request.account();
      const all = await listResidenceCampaigns(ctx, request.params);
      return cutPage(ctx.keys, `campaigns at ${request.params.residenceId}`, all, request.query, ({ id }) => id);
    },
  );
};
