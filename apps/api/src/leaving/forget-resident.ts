import { forgetPerson } from '@palier/db/data-map';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import { endOngoing } from './end-ongoing.ts';
import { findResidentOf, markLeft } from './leaving.queries.ts';

/**
 * Forgets a resident at once, for whoever asks by letter or through their referent: there is no grace, since nobody without a screen could use it. Answers whether there was such a resident.
 */
export const forgetResident = async (
  ctx: Context<unknown>,
  by: { actorId: string | null; actorRole: 'operator' | 'referent' | 'coordinator' },
  input: { residentId: string },
): Promise<boolean> => {
  const { residentId } = input;
  const resident = await findResidentOf(ctx.db, { residentId });
  if (!resident) return false;
  await mutate(ctx, (tx) => markLeft(tx, residentId, ctx.now));
  await endOngoing(ctx, { residentId });
  await mutate(ctx, async (tx) => {
    await forgetPerson(tx, { accountId: resident.accountId, residentId });
    await record(
      tx,
      {
        at: ctx.now,
        ...by,
        action: 'account.erase',
        subject: 'resident',
        subjectId: residentId,
        residenceId: resident.residenceId,
        commune: resident.commune,
      },
      resident.accountId ? [{ kind: 'rights', change: 'sessions', sideA: resident.accountId }] : [],
    );
  });
  return true;
};
