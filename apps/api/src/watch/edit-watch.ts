import { consentLapsesAt, EditWatch, WatchEntry, watchConsentVersion } from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { actedBy, record } from '../record.ts';
import { columnsOf, insistOnStair } from './join-watch.ts';
import { watchEntry, watching } from './looking.ts';
import { claimEntry, findOwnEntry, replaceContacts } from './people.queries.ts';

/** Corrects one's own entry, whole. Codes: `resource.absent` (not on the watch), `stair.foreign`. */
export const editWatch = async (ctx: ResidentContext, input: EditWatch): Promise<WatchEntry> => {
  const { residentId, residenceId } = ctx.actor;
  return watching(ctx, { residentId }, async (tx) => {
    await insistOnStair(tx, residenceId, input.stairId);
    const id = orAbsent(await claimEntry(tx, residentId, columnsOf(input)));
    await replaceContacts(tx, id, input.contacts);
    await record(tx, watchEntry(actedBy(ctx), 'watch.edit', id));
    return orAbsent(await findOwnEntry(tx, residentId));
  });
};

/** Says yes again, for twelve months from now. Code: `resource.absent` (not on the watch). */
export const renewWatch = async (ctx: ResidentContext): Promise<WatchEntry> => {
  const { residentId } = ctx.actor;
  return watching(ctx, { residentId }, async (tx) => {
    const consented = { consentVersion: watchConsentVersion, consentedAt: ctx.now, lapsesAt: consentLapsesAt(ctx.now) };
    const id = orAbsent(await claimEntry(tx, residentId, { ...consented, remindedAt: null }));
    await record(tx, watchEntry(actedBy(ctx), 'watch.renew', id));
    return orAbsent(await findOwnEntry(tx, residentId));
  });
};

const Answered = z.strictObject({ entry: WatchEntry });

export const editWatchRoute: FastifyPluginAsyncZod = async (app) => {
  app.patch(
    '/watch/me',
    {
      schema: {
        operationId: 'watch.edit',
        tags: ['watch'],
        body: EditWatch,
        response: { 200: Answered, ...refusals(404, 422) },
      },
    },
    async (request) => ({ entry: await editWatch(request.resident(), request.body) }),
  );
};

export const renewWatchRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/me/renew',
    { schema: { operationId: 'watch.renew', tags: ['watch'], response: { 200: Answered, ...refusals(404) } } },
    async (request) => ({ entry: await renewWatch(request.resident()) }),
  );
};
