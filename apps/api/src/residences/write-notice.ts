import { schema, type Transaction } from '@palier/db';
import { NoticeView, WriteNotice } from '@palier/domain/residences';
import { and, eq, isNull } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { actIn, ResidenceId, residenceInCare } from './in-care.ts';
import { listNotices } from './residences.queries.ts';

const { residenceNotices } = schema;
const dayMs = 86_400_000;

/** Puts a short notice on a residence's board, for some days. Code: `resource.absent`. */
export const writeNotice = async (
  ctx: SignedInContext,
  input: WriteNotice & { residenceId: string },
): Promise<NoticeView> => {
  const residence = await residenceInCare(ctx, input.residenceId);
  const id = newId();
  const { text } = input;
  const endsAt = new Date(ctx.now.getTime() + input.days * dayMs);
  await mutate(ctx, async (tx) => {
    const row = { id, residenceId: residence.id, text, writtenBy: ctx.actor.accountId };
    await tx.insert(residenceNotices).values({ ...row, createdAt: ctx.now, endsAt });
    await record(tx, { ...actIn(ctx, residence), action: 'notice.write', subject: 'notice', subjectId: id, text });
  });
  return orAbsent((await listNotices(reader(ctx), residence.id, ctx.now)).find((notice) => notice.id === id));
};

const claimRemoval = async (tx: Transaction, id: string, now: Date): Promise<boolean> => {
  const rows = await tx
    .update(residenceNotices)
    .set({ removedAt: now })
    .where(and(eq(residenceNotices.id, id), isNull(residenceNotices.removedAt)))
    .returning({ id: residenceNotices.id });
  return rows.length === 1;
};

/** Takes a notice off its board. Code: `resource.absent`, also when it is no longer there. */
export const removeNotice = async (ctx: SignedInContext, input: { noticeId: string }): Promise<void> => {
  const [row] = await ctx.db
    .select({ residenceId: residenceNotices.residenceId })
    .from(residenceNotices)
    .where(eq(residenceNotices.id, input.noticeId));
  const residence = await residenceInCare(ctx, orAbsent(row).residenceId);
  await mutate(ctx, async (tx) => {
    if (!(await claimRemoval(tx, input.noticeId, ctx.now))) throw new AppError('resource.absent');
    const act = { action: 'notice.remove', subject: 'notice', subjectId: input.noticeId };
    await record(tx, { ...actIn(ctx, residence), ...act });
  });
};

const Written = z.strictObject({ notice: NoticeView });

export const writeNoticeRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/residences/:residenceId/notices',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'notices.write',
        tags: ['residences'],
        params: ResidenceId,
        body: WriteNotice,
        response: { 201: Written, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Written, async (ctx) => ({
        notice: await writeNotice(ctx, { ...request.params, ...request.body }),
      })),
  );
};

export const removeNoticeRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/notices/:noticeId',
    {
      schema: {
        operationId: 'notices.remove',
        tags: ['residences'],
        params: z.strictObject({ noticeId: z.uuid() }),
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await removeNotice(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
