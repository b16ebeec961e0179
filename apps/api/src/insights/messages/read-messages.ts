import {
  CommuneCode,
  dayAt,
  dayInDigits,
  electionNear,
  nextTownMessageAt,
  quarterAt,
  TownMessage,
  TownMessagesDesk,
  townMessageShownMs,
} from '@palier/domain/insights';
import { PageQuery, pageOf } from '@palier/domain/paging';
import { Cell, cellCentre, timeZoneOfCommune } from '@palier/domain/places';
import { findCommune } from '@palier/places-data';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext, SignedInContext } from '../../context.ts';
import { cutPage } from '../../cut-page.ts';
import { orAbsent } from '../../errors.ts';
import { reader } from '../../mutate.ts';
import { communeName } from '../../places/index.ts';
import { unchanged } from '../../plugins/copies.ts';
import { refusals } from '../../plugins/refusals.ts';
import { logLook, officeOf } from '../office.ts';
import { findLastWrittenAt, listTownMessages, listTownMessagesFor } from './messages.queries.ts';
import { quartersIn, worstColour } from './write-message.ts';

/** What an officer needs to write to their commune, and what was written; the look is logged. Codes: `role.required`, `resource.absent`. */
export const readTownDesk = async (ctx: SignedInContext, { insee }: { insee: string }): Promise<TownMessagesDesk> => {
  const office = officeOf(ctx, insee);
  await logLook(ctx, office, 'insights.read', 'messages');
  const colour = await worstColour(ctx, insee);
  const next = nextTownMessageAt(await findLastWrittenAt(reader(ctx), insee), colour, ctx.now);
  const today = dayInDigits(dayAt(ctx.now, timeZoneOfCommune(insee)));
  return {
    name: communeName(insee),
    nextAt: next?.toISOString() ?? null,
    colour,
    election: electionNear(today, ctx.env.electionMonths),
    quarters: (await quartersIn(ctx, insee)).map(({ id }, n) => ({ id, number: n + 1 })),
    items: await listTownMessages(reader(ctx), insee),
  };
};

/** What the town hall wrote this week to where I live. */
export const listMyTownMessages = async (ctx: ResidentContext): Promise<TownMessage[]> => {
  const { commune, cell } = ctx.actor;
  const since = new Date(ctx.now.getTime() - townMessageShownMs);
  const any = await findLastWrittenAt(reader(ctx), commune);
  if (any === null || any < since) return [];
  const quarter = quarterAt(await quartersIn(ctx, commune), cellCentre(Cell.parse(cell)));
  return listTownMessagesFor(reader(ctx), { commune, quarter }, since);
};

export const readTownDeskRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes/:insee/messages/desk',
    {
      schema: {
        operationId: 'town.desk',
        tags: ['insights'],
        params: CommuneCode,
        response: { 200: TownMessagesDesk, ...refusals(404) },
      },
    },
    (request) => readTownDesk(request.account(), request.params),
  );
};

export const listMyTownMessagesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/town-messages',
    {
      schema: {
        operationId: 'town.mine',
        tags: ['insights'],
        querystring: PageQuery,
        response: { 200: pageOf(TownMessage), ...refusals() },
      },
    },
    async (request) => {
      const ctx = request.resident();
      const all = await listMyTownMessages(ctx);
      return cutPage(ctx.keys, `town ${ctx.actor.residentId}`, all, request.query, ({ id }) => id);
    },
  );
};

/** Everything that a town hall wrote to its zones: anyone's. Code: `resource.absent` (no such commune). */
export const listTownMessagesRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes/:insee/messages',
    {
      schema: {
        operationId: 'town.messages',
        tags: ['insights'],
        params: CommuneCode,
        querystring: PageQuery,
        response: { 200: pageOf(TownMessage).extend({ commune: z.string() }), 304: unchanged, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const { insee } = request.params;
      const { name } = orAbsent(findCommune(insee));
      reply.header('cache-control', 'public, no-cache');
      const all = await listTownMessages(app.deps.db, insee);
      return { commune: name, ...cutPage(app.deps.keys, `messages ${insee}`, all, request.query, ({ id }) => id) };
    },
  );
};
