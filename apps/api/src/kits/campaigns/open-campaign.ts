import { Campaign, canOpenCampaign, OpenCampaign } from '@palier/domain/kits';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../../answer-once.ts';
import type { SignedInContext } from '../../context.ts';
import { AppError, insist, orAbsent } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { mutate, reader } from '../../mutate.ts';
import { writeNotices } from '../../notifications/index.ts';
import { refusals } from '../../plugins/refusals.ts';
import { type AuditEntry, record } from '../../record.ts';
import { TerritoryId, territoryInCharge } from '../../territories/index.ts';
import { CommunePath } from '../kit-path.ts';
import {
  type Extent,
  findCampaign,
  findOverlapping,
  insertCampaign,
  listReferentsOf,
  lockCampaigns,
} from './campaigns.queries.ts';
import { inWords } from './in-words.ts';
import { listTerritoryCommunes } from './tasks.queries.ts';
import { todayIn } from './today-in.ts';
import { actFor, boardsMoved, townOf } from './town.ts';

type Opening = { at: Extent; act: Omit<AuditEntry, 'action' | 'subject'>; communes: readonly string[] };

/** Writes the campaign, and tells the referents of every residence it is proposed to and whoever looks at its communes. Codes: `campaign.dates`, `campaign.exists`. */
const open = async (ctx: SignedInContext, input: OpenCampaign, { at, act, communes }: Opening): Promise<Campaign> => {
  const there = orAbsent(communes[0]);
  insist(canOpenCampaign(input, todayIn(there, ctx.now)));
  const id = newId();
  return mutate(ctx, async (tx) => {
    await lockCampaigns(tx, at);
    if (await findOverlapping(tx, at, input)) throw new AppError('campaign.exists');
    await insertCampaign(tx, { id, ...input, ...at, openedAt: ctx.now });
    const referents = (await listReferentsOf(tx, at)).filter((accountId) => accountId !== ctx.actor.accountId);
    const notices = referents.map((accountId) => ({ accountId, kind: 'watch', turn: 'campaign' }) as const);
    await record(tx, { ...act, action: 'campaign.open', subject: 'campaign', subjectId: id, reason: input.kit }, [
      ...(await writeNotices(tx, ctx.now, notices)),
      ...boardsMoved(communes),
    ]);
    return inWords(orAbsent(await findCampaign(tx, id)), there, ctx);
  });
};

/** Opens a kit in a commune for some days; its tasks are then proposed to each residence. Codes: `resource.absent`, `campaign.dates`, `campaign.exists`. */
export const openCampaign = async (
  ctx: SignedInContext,
  { insee, ...input }: OpenCampaign & { insee: string },
): Promise<Campaign> => {
  const town = await townOf(ctx, insee);
  const at = { commune: insee, territoryId: null };
  return open(ctx, input, { at, act: actFor(ctx, town), communes: [insee] });
};

/** Opens a kit in every commune of a territory. Codes: `resource.absent`, `campaign.dates`, `campaign.exists`. */
export const openTerritoryCampaign = async (
  ctx: SignedInContext,
  { territoryId, ...input }: OpenCampaign & { territoryId: string },
): Promise<Campaign> => {
  const { id } = await territoryInCharge(ctx, territoryId);
  const communes = await listTerritoryCommunes(reader(ctx), id);
  const at = { commune: null, territoryId: id };
  const act = { at: ctx.now, actorId: ctx.actor.accountId, actorRole: 'coordinator' } as const;
  return open(ctx, input, { at, act, communes });
};

const Opened = z.strictObject({ campaign: Campaign });
const answers = { 201: Opened, ...refusals(404, 409, 422) };

export const openCampaignRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/communes/:insee/campaigns',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'campaigns.open',
        tags: ['kits'],
        params: CommunePath,
        body: OpenCampaign,
        response: answers,
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Opened, async (ctx) => ({
        campaign: await openCampaign(ctx, { ...request.params, ...request.body }),
      })),
  );
};

export const openTerritoryCampaignRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/territories/:territoryId/campaigns',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'campaigns.openTerritory',
        tags: ['kits'],
        params: TerritoryId,
        body: OpenCampaign,
        response: answers,
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Opened, async (ctx) => ({
        campaign: await openTerritoryCampaign(ctx, { ...request.params, ...request.body }),
      })),
  );
};
