import type { Transaction } from '@palier/db';
import { isVouchedFor } from '@palier/domain/accounts';
import type { Context } from '../context.ts';
import { changeTrust } from '../moderation/index.ts';
import type { AuditEntry } from '../record.ts';
import { listVouchers, type Standing } from './trust.queries.ts';

/** Makes a `new` resident `known` if the words given for them are enough by now; whether it did. */
export const countWords = async (
  tx: Transaction,
  ctx: Context<unknown>,
  resident: Pick<Standing, 'id' | 'accountId' | 'residenceId'>,
  act: Pick<AuditEntry, 'actorId' | 'actorRole' | 'action' | 'reason'>,
): Promise<boolean> => {
  const vouchers = await listVouchers(tx, resident.id, resident.residenceId);
  return (
    isVouchedFor(resident.id, vouchers) &&
    (await changeTrust(tx, ctx, resident, { from: 'new', to: 'known', by: 'neighbours' }, act))
  );
};
