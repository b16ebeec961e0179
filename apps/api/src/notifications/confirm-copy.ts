import { inTransaction } from '@palier/db';
import { ConfirmCopy } from '@palier/domain/offline';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context, Deps } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { claimConfirmation, findCopy, stopCopies } from './copies.queries.ts';
import { openMailLink } from './mail-identity.ts';

const entryOf = (at: Date, subjectId: string) =>
  ({ at, actorId: null, actorRole: 'visitor', subject: 'copy', subjectId }) as const;

/** A relative says by the link they were mailed that they wish to be told; twice is once. Code: `resource.absent` (not ours, expired, or stopped). */
export const confirmCopy = async (ctx: Context<unknown>, { link }: z.infer<typeof ConfirmCopy>): Promise<void> => {
  const copyId = orAbsent(openMailLink(ctx.keys.mail, 'copy', link, ctx.now));
  await mutate(ctx, async (tx) => {
    const copy = orAbsent(await findCopy(tx, copyId));
    if (copy.stoppedAt) throw new AppError('resource.absent');
    if (await claimConfirmation(tx, copyId, ctx.now))
      await record(tx, { ...entryOf(ctx.now, copyId), action: 'copy.confirm' });
  });
};

/** Tells a relative nothing any more, whatever they were kept in copy of; twice is once. Answers whether they are known. */
export const claimStop = (ctx: Pick<Deps, 'db' | 'clock'>, copyId: string): Promise<boolean> =>
  inTransaction(ctx.db, async (tx) => {
    const copy = await findCopy(tx, copyId);
    if (!copy) return false;
    const at = ctx.clock();
    await stopCopies(tx, copy.email, at);
    await record(tx, { ...entryOf(at, copyId), action: 'copy.stop' });
    return true;
  });

export const confirmCopyRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/copies/confirm',
    {
      schema: {
        operationId: 'copies.confirm',
        tags: ['offline'],
        body: ConfirmCopy,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await confirmCopy(request.visitor(), request.body);
      return reply.code(204).send(null);
    },
  );
};
