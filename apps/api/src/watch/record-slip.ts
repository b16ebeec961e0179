import {
  canTakeSlip,
  consentLapsesAt,
  RecordSlip,
  renewedBySlipUntil,
  watchConsentVersion,
} from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError, insist, orAbsent } from '../errors.ts';
import { newId } from '../ids.ts';
import { writeNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { columnsOf, insistOnStair } from './join-watch.ts';
import { watchEntry, watching } from './looking.ts';
import { claimEntry, insertPerson, replaceContacts } from './people.queries.ts';
import { findSlipHome, residentOfSlip } from './slips.queries.ts';
import { coordinatorsTold } from './told.queries.ts';

const Recorded = z.strictObject({ person: z.strictObject({ id: z.uuid() }) });

/**
 * Puts somebody on the watch from the slip they signed and handed to a named reader: its date and its signatory are kept, not its picture; consent counts from the signature. Whoever has no
 * account becomes a resident without internet of that residence, unless they are one. The reader reads nothing by it: the coordinator still names who does. For somebody already on it, in the last
 * sixty days of their consent, the new slip is twelve months more from its signature; their readers stay.
 * Codes: `resource.absent` (not a residence they are a reader in, or no account of that address there), `stair.foreign`, `watch.slip`, `watch.joined`.
 */
export const recordSlip = async (ctx: SignedInContext, input: RecordSlip): Promise<{ id: string }> => {
  const { residenceId, signedOn, signatory, email, ...entry } = input;
  const { accountId, roles } = ctx.actor;
  insist(canTakeSlip(signedOn, ctx.now));
  const id = newId();
  return watching(ctx, 'house', async (tx) => {
    const { territoryId } = orAbsent(await findSlipHome(tx, residenceId));
    if (!roles.some((grant) => grant.role === 'reader' && grant.territoryId === territoryId))
      throw new AppError('resource.absent');
    await insistOnStair(tx, residenceId, entry.stairId);
    const where = { residenceId, stairId: entry.stairId ?? null, floor: entry.floor ?? null };
    const resident = orAbsent(
      await residentOfSlip(tx, { ...where, name: entry.name, email, recordedBy: accountId, now: ctx.now }),
    );
    const signedAt = new Date(`${signedOn}T00:00:00Z`);
    const consent = { consent: 'slip', consentVersion: watchConsentVersion, consentedAt: signedAt, signedOn } as const;
    const agreed = { ...columnsOf(entry), ...consent, lapsesAt: consentLapsesAt(signedAt), signatory };
    const who = { id, residentId: resident.id, residenceId, joinedAt: ctx.now, recordedBy: accountId };
    const isNew = await insertPerson(tx, { ...agreed, ...who });
    const renewing = { ...agreed, remindedAt: null };
    const kept = isNew ? id : await claimEntry(tx, resident.id, renewing, renewedBySlipUntil(ctx.now));
    if (kept === undefined) throw new AppError('watch.joined');
    await replaceContacts(tx, kept, entry.contacts);
    const told = [
      ...(isNew ? await coordinatorsTold(tx, territoryId, 'seat') : []),
      ...(resident.accountId ? [{ accountId: resident.accountId, kind: 'watch', turn: 'slip' } as const] : []),
    ];
    const by = { at: ctx.now, actorId: accountId, actorRole: 'reader' } as const;
    const entered = watchEntry(by, isNew ? 'watch.slip' : 'watch.renew', kept);
    await record(tx, entered, await writeNotices(tx, ctx.now, told));
    return { id: kept };
  });
};

export const recordSlipRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/slips',
    {
      config: { isCreating: true },
      schema: {
        operationId: 'watch.slip',
        tags: ['watch'],
        body: RecordSlip,
        response: { 201: Recorded, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) =>
      createOnce(request, reply, request.account(), Recorded, async (ctx) => ({
        person: await recordSlip(ctx, request.body),
      })),
  );
};
