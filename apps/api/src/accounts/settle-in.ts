import type { Transaction } from '@palier/db';
import { canVouch, vouching } from '@palier/domain/accounts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { findCharter, insertSignature } from './charter.queries.ts';
import { countVouchesBy, insertVouch, listStandings, lockStandings } from './trust.queries.ts';

/** Signs the charter that was read while entering; a version that is no longer the residence's is asked for again later. */
export const signAtEntering = async (
  tx: Transaction,
  ctx: Context<unknown>,
  resident: { id: string; residenceId: string },
  version: number | undefined,
): Promise<void> => {
  const { id: residentId, residenceId } = resident;
  if (version === undefined || (await findCharter(tx, residenceId)).version !== version) return;
  await insertSignature(tx, { residentId, residenceId, version, signedAt: ctx.now });
};

/** The invitation of a neighbour who may vouch counts as their word for whoever enters by it. */
export const vouchAtEntering = async (
  tx: Transaction,
  ctx: Context<unknown>,
  residentId: string,
  residenceId: string,
  inviterId: string,
): Promise<void> => {
  await lockStandings(tx, [inviterId]);
  const [inviter] = await listStandings(tx, residenceId, [inviterId]);
  if (!inviter) return; // they live elsewhere by now
  const recent = await countVouchesBy(tx, inviterId, new Date(ctx.now.getTime() - vouching.monthMs));
  if (!canVouch(inviter, { id: residentId, trust: 'new' }, recent, ctx.now).ok) return;
  await insertVouch(tx, { id: newId(), residentId, voucherId: inviterId, residenceId, createdAt: ctx.now });
};
