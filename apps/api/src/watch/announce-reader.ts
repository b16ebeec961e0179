import { watchAs } from '@palier/db';
import { AnnounceReader, effectiveFrom } from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { writeNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { watchEntry, watching } from './looking.ts';
import { claimNaming, findNaming } from './readers.queries.ts';
import { NamingId } from './refuse-reader.ts';
import { listOnPaper } from './seats.queries.ts';

/**
 * Says that the paper was handed over to a person without internet, and what they said: accepted, the 48 hours begin; refused, that reader never reads them. Done by the reader who was handed
 * their slip, or one who reads them already. Code: `resource.absent`.
 */
export const announceReader = async (
  ctx: SignedInContext,
  input: AnnounceReader & { namingId: string },
): Promise<void> => {
  const { accountId } = ctx.actor;
  await watching(ctx, { accountId }, async (tx) => {
    const { personId } = orAbsent(await findNaming(tx, input.namingId));
    orAbsent((await listOnPaper(tx)).find((person) => person.personId === personId));
    await watchAs(tx, 'house', ctx.now); // a reader may see this naming, and change none
    const isAccepted = input.outcome === 'accepted';
    const announced = { announcedAt: ctx.now, effectiveAt: effectiveFrom(ctx.now) };
    const naming = orAbsent(await claimNaming(tx, input.namingId, isAccepted ? announced : { refusedAt: ctx.now }));
    const told = {
      accountId: naming.accountId,
      kind: 'watch',
      turn: isAccepted ? 'announced' : 'reader-ended',
    } as const;
    const by = { at: ctx.now, actorId: accountId, actorRole: 'reader' } as const;
    const entry = watchEntry(by, 'watch.announce', personId, input.outcome);
    await record(tx, entry, await writeNotices(tx, ctx.now, [told]));
  });
};

export const announceReaderRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/readers/:namingId/announcement',
    {
      schema: {
        operationId: 'watch.announce',
        tags: ['watch'],
        params: NamingId,
        body: AnnounceReader,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await announceReader(request.account(), { ...request.params, ...request.body });
      return reply.code(204).send(null);
    },
  );
};
