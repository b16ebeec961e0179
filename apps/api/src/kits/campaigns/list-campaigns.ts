import { hidden, shown } from '@palier/domain/insights';
import { CampaignLine, type CampaignOutcome } from '@palier/domain/kits';
import { PageQuery, pageOf } from '@palier/domain/paging';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../../context.ts';
import { cutPage } from '../../cut-page.ts';
import { mutate, reader } from '../../mutate.ts';
import { communeName } from '../../places/index.ts';
import { refusals } from '../../plugins/refusals.ts';
import { record } from '../../record.ts';
import { CommunePath } from '../kit-path.ts';
import { listCampaignsIn } from './campaigns.queries.ts';
import { inWords } from './in-words.ts';
import { listOutcomes, type Outcome } from './tasks.queries.ts';
import { actFor, territoriesLed, townOf } from './town.ts';

const outcomeOf = (row: Outcome | undefined): CampaignOutcome => ({
  downloads: shown(row?.downloads ?? 0, 'downloads'),
  residences: shown(row?.residences ?? 0, 'residences'),
  reached: shown(row?.reached ?? 0, 'residences'),
  opened: shown(row?.opened ?? 0, 'posts'),
  done: typeof row?.done === 'number' ? shown(row.done, 'favours') : hidden('favours'),
  people: typeof row?.people === 'number' ? shown(row.people, 'people') : hidden('people'),
});

type Campaigns = { name: string; items: CampaignLine[]; next: string | null };

/** The campaigns of a commune, the latest first, with what came of each there; the look is logged first. Codes: `resource.absent`, `cursor.invalid`. */
export const listCampaigns = async (
  ctx: SignedInContext,
  { insee, ...query }: PageQuery & { insee: string },
): Promise<Campaigns> => {
  const town = await townOf(ctx, insee);
  await mutate(ctx, (tx) => record(tx, { ...actFor(ctx, town), action: 'campaign.read', subject: 'campaign' }));
  const db = reader(ctx);
  const all = await listCampaignsIn(db, insee);
  const { items: rows, next } = cutPage(ctx.keys, `campaigns ${insee}`, all, query, ({ id }) => id);
  const ids = rows.map(({ id }) => id);
  const outcomes = await listOutcomes(db, ids, insee, timeZoneOfCommune(insee));
  const led = territoriesLed(ctx);
  const items = rows.map((row) => {
    const campaign = inWords(row, insee, ctx);
    const isTheirs = row.territoryId === null || led.includes(row.territoryId);
    return { ...campaign, outcome: outcomeOf(outcomes.get(row.id)), mayClose: isTheirs && campaign.stage !== 'over' };
  });
  return { name: communeName(insee), items, next };
};

export const listCampaignsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes/:insee/campaigns',
    {
      schema: {
        operationId: 'campaigns.list',
        tags: ['kits'],
        params: CommunePath,
        querystring: PageQuery,
        response: { 200: pageOf(CampaignLine).extend({ name: z.string() }), ...refusals(404) },
      },
    },
    (request) => listCampaigns(request.account(), { ...request.params, ...request.query }),
  );
};
