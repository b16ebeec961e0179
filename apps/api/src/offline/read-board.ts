import type { Locale } from '@palier/domain/accounts';
import { boardNumber, PrintBoard, WeekBoard } from '@palier/domain/offline';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { ResidenceId, residenceInCare } from '../residences/index.ts';
import { listHallPosts } from './board.queries.ts';
import { drawBoard } from './draw-board.ts';

/** The week's board of a residence I look after, as it prints now: only what its authors ticked for the hall. Code: `resource.absent`. */
export const readBoard = async (ctx: SignedInContext, input: { residenceId: string }): Promise<WeekBoard> => {
  const { id: residenceId, name, commune } = await residenceInCare(ctx, input.residenceId);
  const posts = await listHallPosts(reader(ctx), residenceId, ctx.now);
  return {
    residence: { id: residenceId, name },
    printedAt: ctx.now.toISOString(),
    timeZone: timeZoneOfCommune(commune),
    posts: posts.map((post) => ({
      ...post,
      number: boardNumber(post.postId),
      url: `${ctx.env.origin.origin}/annonces/${post.postId}`,
    })),
  };
};

export const readBoardRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/residences/:residenceId/board',
    {
      schema: {
        operationId: 'board.read',
        tags: ['offline'],
        params: ResidenceId,
        response: { 200: WeekBoard, ...refusals(404) },
      },
    },
    async (request) => readBoard(request.account(), request.params),
  );
};

/** The bytes of a file, as the API's document describes them. */
const Pdf = z.custom<Uint8Array>().meta({ type: 'string', format: 'binary' });

/** The week's board on paper, in the language asked for, else the caller's. Code: `resource.absent`. */
const printBoard = async (
  ctx: SignedInContext,
  reply: Pick<FastifyReply, 'headers'>,
  { residenceId, locale = ctx.locale }: { residenceId: string; locale?: Locale | undefined },
): Promise<Uint8Array> => {
  const pdf = await drawBoard(await readBoard(ctx, { residenceId }), locale);
  reply.headers({
    'content-type': 'application/pdf',
    'content-disposition': 'inline; filename="affiche-de-la-semaine.pdf"',
  });
  return pdf;
};

/** The board is printed from a link of a page, or asked for by a program: the same paper. */
export const printBoardRoute: FastifyPluginAsyncZod = async (app) => {
  const said = { tags: ['offline'], params: ResidenceId, response: { 200: Pdf, ...refusals(404) } };
  app.get('/residences/:residenceId/board.pdf', { schema: { operationId: 'board.print', ...said } }, (request, reply) =>
    printBoard(request.account(), reply, request.params),
  );
  app.post(
    '/residences/:residenceId/board',
    { schema: { operationId: 'board.printIn', ...said, body: PrintBoard } },
    (request, reply) => printBoard(request.account(), reply, { ...request.params, ...request.body }),
  );
};
