import { lookMs } from '@palier/domain/moderation';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { claimLook, findCaseRow } from './cases.queries.ts';
import { CaseId } from './decide-case.ts';
import { type Desk, deskOf } from './desk-scope.ts';

const Looked = z.strictObject({ isMine: z.boolean(), heldBy: z.string().nullable() });

/**
 * Says that somebody looks at a case, for ten minutes, so that the other referents leave it to them; whoever was first stays shown. A courtesy: the decision
 * itself is the database's. Code: `resource.absent`.
 */
export const lookAtCase = async (
  ctx: SignedInContext,
  desk: Desk,
  input: { caseId: string },
): Promise<z.infer<typeof Looked>> => {
  const row = orAbsent(await findCaseRow(reader(ctx), desk, input.caseId, ctx.now));
  const { residenceId, commune, subject, subjectId } = row.case;
  const isMine = await mutate(ctx, async (tx) => {
    const until = new Date(ctx.now.getTime() + lookMs);
    const isTaken = !row.isOwn && (await claimLook(tx, input.caseId, desk.accountId, until, ctx.now));
    const entry = { at: ctx.now, actorId: desk.accountId, actorRole: desk.as, action: 'case.look' } as const;
    await record(tx, { ...entry, subject, subjectId, residenceId, commune }, [
      { kind: 'case', change: 'looked', caseId: input.caseId, residenceId, commune },
    ]);
    return isTaken;
  });
  return { isMine, heldBy: isMine ? null : row.heldBy };
};

export const lookAtCaseRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/moderation/cases/:caseId/look',
    {
      schema: {
        operationId: 'cases.look',
        tags: ['moderation'],
        params: CaseId,
        response: { 200: Looked, ...refusals(404) },
      },
    },
    async (request) => {
      const ctx = request.account();
      return lookAtCase(ctx, deskOf(ctx), request.params);
    },
  );
};
