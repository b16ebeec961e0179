import { parseInvitationCode } from '@palier/domain/accounts';
import { PrintInvitations } from '@palier/domain/residences';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findUsableInvitation } from '../accounts/index.ts';
import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { drawInvitations } from './draw-invitations.ts';
import { ResidenceId, residenceInCare } from './in-care.ts';

/**
 * Puts codes that were just made on paper, while their maker still has them on screen; nothing is kept.
 * Codes: `resource.absent`, `invitation.absent` (a code that opens another residence, or none any more).
 */
export const printCodes = async (
  ctx: SignedInContext,
  input: PrintInvitations & { residenceId: string },
): Promise<Buffer> => {
  const residence = await residenceInCare(ctx, input.residenceId);
  for (const typed of input.codes) {
    const parts = parseInvitationCode(typed);
    const found = parts && (await findUsableInvitation(ctx.db, parts.lookup, ctx.now));
    if (found?.residence.id !== residence.id) throw new AppError('invitation.absent');
  }
  const { origin, host } = ctx.env.origin;
  const codes = input.codes.map((code, n) => ({
    code,
    link: `${origin}/entrer?code=${encodeURIComponent(code)}`,
    name: input.names?.[n]?.trim() ?? '',
  }));
  return drawInvitations({ kind: input.kind, residence: residence.name, host, codes }, input.locale);
};

export const printCodesRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residences/:residenceId/prints',
    {
      schema: {
        operationId: 'invitations.print',
        tags: ['residences'],
        params: ResidenceId,
        body: PrintInvitations,
        response: { 200: z.any().describe('application/pdf'), ...refusals(404) },
      },
    },
    async (request, reply) => {
      const pdf = await printCodes(request.account(), { ...request.params, ...request.body });
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="palier-${request.body.kind}.pdf"`)
        .serializer((body: Buffer) => body as unknown as string)
        .send(pdf);
    },
  );
};
