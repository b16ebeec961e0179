import { randomBytes } from 'node:crypto';
import { HallScreen } from '@palier/domain/offline';
import { PageQuery, pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { cutPage } from '../cut-page.ts';
import { newId } from '../ids.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { actIn, ResidenceId, residenceInCare } from '../residences/index.ts';
import { hashHallToken, insertScreen, listScreens } from './hall.queries.ts';

const Opened = z.strictObject({ screen: HallScreen, url: z.string() });

/** Makes the address of a lobby's screen, 256 random bits that are shown this once and kept hashed. Code: `resource.absent`. */
export const openScreen = async (
  ctx: SignedInContext,
  input: { residenceId: string },
): Promise<z.infer<typeof Opened>> => {
  const home = await residenceInCare(ctx, input.residenceId);
  const [id, token] = [newId(), randomBytes(32).toString('base64url')];
  await mutate(ctx, async (tx) => {
    const { id: residenceId } = home;
    const createdBy = ctx.actor.accountId;
    await insertScreen(tx, { id, residenceId, tokenHash: hashHallToken(token), createdBy, createdAt: ctx.now });
    await record(tx, { ...actIn(ctx, home), action: 'hall.open', subject: 'hall-screen', subjectId: id });
  });
  return {
    screen: { id, createdAt: ctx.now.toISOString(), seenAt: null },
    url: `${ctx.env.origin.origin}/hall/${token}`,
  };
};

export const openScreenRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residences/:residenceId/hall-screens',
    {
      config: { isCreating: true, showsSecret: true },
      schema: {
        operationId: 'hall.open',
        tags: ['offline'],
        params: ResidenceId,
        response: { 201: Opened, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Opened, (ctx) => openScreen(ctx, request.params)),
  );
};

export const listScreensRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/residences/:residenceId/hall-screens',
    {
      schema: {
        operationId: 'hall.list',
        tags: ['offline'],
        params: ResidenceId,
        querystring: PageQuery,
        response: { 200: pageOf(HallScreen), ...refusals(404) },
      },
    },
    async (request) => {
      const ctx = request.account();
      const home = await residenceInCare(ctx, request.params.residenceId);
      const all = await listScreens(reader(ctx), home);
      return cutPage(ctx.keys, `screens ${home.id}`, all, request.query, ({ id }) => id);
    },
  );
};
