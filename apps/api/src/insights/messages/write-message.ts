import {
  CommuneCode,
  canWriteToZone,
  deliveredTo,
  type Quarter,
  quarterAt,
  TownMessage,
  WriteTownMessage,
} from '@palier/domain/insights';
import { Cell, cellCentre } from '@palier/domain/places';
import { graver, type WeatherColour } from '@palier/domain/weather';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../../answer-once.ts';
import type { Context, SignedInContext } from '../../context.ts';
import { AppError, insist, orAbsent } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { mutate, reader } from '../../mutate.ts';
import { refusals } from '../../plugins/refusals.ts';
import { screenWords } from '../../posts/index.ts';
import { record } from '../../record.ts';
import { coloursOf } from '../../weather/index.ts';
import { quartersOfCommunes } from '../commune-quarters.ts';
import { officeOf } from '../office.ts';
import {
  findLastWrittenAt,
  insertTownMessage,
  insertTownNotices,
  listInhabitants,
  lockTownMessages,
} from './messages.queries.ts';

/** The gravest colour of the commune's weather, null when nothing is known of it. */
export const worstColour = async (ctx: Context<unknown>, insee: string): Promise<WeatherColour | null> => {
  const colours = await coloursOf(reader(ctx), insee, ctx.now);
  const worst = colours.reduce<WeatherColour | undefined>((one, { colour }) => graver(one, colour), undefined);
  return worst ?? null;
};

/** The quarters of a commune, each with its number as pages say it. */
export const quartersIn = async (ctx: Context<unknown>, insee: string): Promise<readonly Quarter[]> =>
  (await quartersOfCommunes(reader(ctx), [insee])).get(insee) ?? [];

/** Refuses what a post would be refused for, and what would make one wait: there is nobody here to read it again. Codes: `post.payment`, `post.contact`, `town.words`. */
export const insistOnWords = ({ title, text }: Pick<WriteTownMessage, 'title' | 'text'>): void => {
  if (screenWords({ title, details: text }, true).length > 0) throw new AppError('town.words');
};

/**
 * Writes to everyone of the officer's commune or of one of its quarters: a card on their page, a line of the day's e-mail, and the public archive; never to one person: what is for a few is delivered to all.
 * Codes: `role.required`, `resource.absent` (commune or quarter), `town.weekly`, and those of screening.
 */
export const writeTownMessage = async (
  ctx: SignedInContext,
  { insee, ...input }: WriteTownMessage & { insee: string },
): Promise<TownMessage> => {
  officeOf(ctx, insee);
  insistOnWords(input);
  const quarters = await quartersIn(ctx, insee);
  const place = quarters.findIndex(({ id }) => id === input.quarter);
  if (input.quarter !== undefined) orAbsent(quarters[place]);
  const colour = await worstColour(ctx, insee);
  const { purpose, title, text, quarter = null } = input;
  const row = {
    id: newId(),
    commune: insee,
    quarterNumber: quarter === null ? null : place + 1,
    purpose,
    title,
    text,
  };
  await mutate(ctx, async (tx) => {
    await lockTownMessages(tx, insee);
    insist(canWriteToZone(await findLastWrittenAt(tx, insee), colour, ctx.now));
    const inhabitants = await listInhabitants(tx, insee);
    const isIn = ({ cell }: { cell: string }): boolean => quarterAt(quarters, cellCentre(Cell.parse(cell))) === quarter;
    const inside = quarter === null ? inhabitants : inhabitants.filter(isIn);
    const zone = deliveredTo(quarter, inside.length);
    await insertTownMessage(tx, { ...row, quarter: zone, writtenAt: ctx.now });
    const told = zone === null ? inhabitants : inside;
    const notices = told.map(({ id }) => ({ id: newId(), accountId: id }));
    await insertTownNotices(tx, notices, insee, ctx.now);
    await record(tx, {
      ...{ at: ctx.now, actorId: ctx.actor.accountId, actorRole: 'officer', action: 'town.message' },
      ...{ subject: 'town-message', subjectId: row.id, commune: insee, reason: purpose, text: `${title}\n${text}` },
    });
  });
  return { id: row.id, purpose, quarter: row.quarterNumber, title, text, writtenAt: ctx.now.toISOString() };
};

const Written = z.strictObject({ message: TownMessage });

export const writeTownMessageRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/communes/:insee/messages',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'town.write',
        tags: ['insights'],
        params: CommuneCode,
        body: WriteTownMessage,
        response: { 201: Written, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Written, async (ctx) => ({
        message: await writeTownMessage(ctx, { ...request.params, ...request.body }),
      })),
  );
};
