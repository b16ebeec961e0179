import { canEndOn, effectiveFrom, endOfDay, NameReader, ReaderLine, readerStateOf } from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { type Notice, writeNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { territoryInCharge } from '../territories/index.ts';
import { byCoordinator, watchEntry, watching } from './looking.ts';
import { findPersonBehind } from './people.queries.ts';
import { claimNaming, findNaming, insertNaming, isUnfit, listGrants, listReaders } from './readers.queries.ts';
import { NamingId } from './refuse-reader.ts';

/**
 * Names a reader for one person on the watch, of whom the coordinator sees the residence alone. The person hears of it at once and may refuse; the reader reads from 48 hours later.
 * Whoever has no account is told on paper, by the reader who was handed their slip or by one who reads already, and the 48 hours begin then.
 * Codes: `resource.absent`, `watch.end`, `watch.named`, `watch.unfit` (it is themselves, a block stands between them, or the person refused them: it is not said which).
 */
export const nameReader = async (
  ctx: SignedInContext,
  input: NameReader & { personId: string },
): Promise<ReaderLine> => {
  const { personId, grantId } = input;
  const endsAt = endOfDay(input.endsOn);
  return watching(ctx, 'house', async (tx) => {
    const person = orAbsent(await findPersonBehind(tx, personId));
    await territoryInCharge({ ...ctx, tx }, person.territoryId);
    const grant = orAbsent((await listGrants(tx, person.territoryId, ctx.now)).find(({ id }) => id === grantId));
    insist(canEndOn(endsAt, ctx.now));
    if (endsAt > grant.endsAt) throw new AppError('watch.end');
    const { accountId } = grant;
    const standing = await listReaders(tx, [personId], ctx.now);
    if (standing.some(({ naming }) => naming.accountId === accountId)) throw new AppError('watch.named');
    if (await isUnfit(tx, personId, person, accountId)) throw new AppError('watch.unfit');
    const isTold = person.accountId !== null;
    const announced = isTold ? { announcedAt: ctx.now, effectiveAt: effectiveFrom(ctx.now) } : { effectiveAt: null };
    const naming = { id: newId(), personId, accountId, namedBy: ctx.actor.accountId, namedAt: ctx.now, endsAt };
    if (!(await insertNaming(tx, { ...naming, ...announced }))) throw new AppError('watch.named');
    const onPaper = new Set([person.recordedBy, ...standing.map((one) => one.naming.accountId)]);
    const told: Notice[] = isTold
      ? [{ accountId: person.accountId ?? '', kind: 'watch', turn: 'reader' }]
      : [...onPaper].flatMap((to) => (to ? [{ accountId: to, kind: 'watch', turn: 'announce' } as const] : []));
    const entry = watchEntry(byCoordinator(ctx), 'watch.name', personId);
    await record(tx, entry, await writeNotices(tx, ctx.now, told));
    const effectiveAt = announced.effectiveAt?.toISOString() ?? null;
    const { id } = naming;
    return {
      id,
      displayName: grant.displayName,
      state: readerStateOf(announced, ctx.now),
      effectiveAt,
      endsAt: endsAt.toISOString(),
    };
  });
};

/** Ends what a reader may read of one person of the coordinator's territories; the reader hears of it. Code: `resource.absent`. */
export const endReader = async (ctx: SignedInContext, input: { namingId: string }): Promise<void> => {
  await watching(ctx, { accountId: ctx.actor.accountId }, async (tx) => {
    const { personId } = orAbsent(await findNaming(tx, input.namingId));
    const { accountId } = orAbsent(await claimNaming(tx, input.namingId, { endedAt: ctx.now }));
    const told = [{ accountId, kind: 'watch', turn: 'reader-ended' } as const];
    const entry = watchEntry(byCoordinator(ctx), 'watch.end', personId);
    await record(tx, entry, await writeNotices(tx, ctx.now, told));
  });
};

const Named = z.strictObject({ reader: ReaderLine });

export const nameReaderRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/seats/:personId/readers',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'watch.name',
        tags: ['watch'],
        params: z.strictObject({ personId: z.uuid() }),
        body: NameReader,
        response: { 201: Named, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Named, async (ctx) => ({
        reader: await nameReader(ctx, { ...request.params, ...request.body }),
      })),
  );
};

export const endReaderRoute: FastifyPluginAsyncZod = async (app) => {
  app.delete(
    '/watch/readers/:namingId',
    {
      schema: {
        operationId: 'watch.endReader',
        tags: ['watch'],
        params: NamingId,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await endReader(request.account(), request.params);
      return reply.code(204).send(null);
    },
  );
};
