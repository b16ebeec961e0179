import type { Transaction } from '@palier/db';
import { consentLapsesAt, type EditWatch, JoinWatch, WatchEntry, watchConsentVersion } from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { ResidentContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { writeNotices } from '../notifications/index.ts';
import { isStairOf } from '../offline/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { actedBy, record } from '../record.ts';
import { watchEntry, watching } from './looking.ts';
import { findOwnEntry, insertPerson, replaceContacts } from './people.queries.ts';
import { coordinatorsTold, findTerritoryOf } from './told.queries.ts';

/** What an entry stores of what was typed, all of it but whom to call. */
export const columnsOf = ({ contacts: _, stairId, floor, ...rest }: EditWatch) => ({
  ...rest,
  stairId: stairId ?? null,
  floor: floor ?? null,
});

/** Refuses a stair of another residence. Code: `stair.foreign`. */
export const insistOnStair = async (tx: Transaction, residenceId: string, stairId?: string): Promise<void> => {
  if (stairId && !(await isStairOf(tx, stairId, residenceId))) throw new AppError('stair.foreign');
};

/**
 * Puts the caller on the watch, by their own act: their consent is dated, and lapses in twelve months; the coordinators hear that somebody of a residence needs readers, not who.
 * Codes: `stair.foreign`, `watch.joined`.
 */
export const joinWatch = async (ctx: ResidentContext, input: JoinWatch): Promise<WatchEntry> => {
  const { residentId, residenceId } = ctx.actor;
  const { consent: _, ...entry } = input;
  const id = newId();
  return watching(ctx, { residentId }, async (tx) => {
    await insistOnStair(tx, residenceId, entry.stairId);
    const consented = { consentVersion: watchConsentVersion, consentedAt: ctx.now, lapsesAt: consentLapsesAt(ctx.now) };
    const who = { id, residentId, residenceId, consent: 'screen', joinedAt: ctx.now } as const;
    if (!(await insertPerson(tx, { ...columnsOf(entry), ...who, ...consented }))) throw new AppError('watch.joined');
    await replaceContacts(tx, id, entry.contacts);
    const told = await coordinatorsTold(tx, await findTerritoryOf(tx, residenceId), 'seat');
    await record(tx, watchEntry(actedBy(ctx), 'watch.join', id), await writeNotices(tx, ctx.now, told));
    return orAbsent(await findOwnEntry(tx, residentId));
  });
};

const Joined = z.strictObject({ entry: WatchEntry });

export const joinWatchRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'watch.join',
        tags: ['watch'],
        body: JoinWatch,
        response: { 201: Joined, ...refusals(409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.resident(), Joined, async (ctx) => ({
        entry: await joinWatch(ctx, request.body),
      })),
  );
};
