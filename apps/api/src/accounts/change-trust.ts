import type { Transaction } from '@palier/db';
import { isVouchedFor, type Trust, type TrustSource } from '@palier/domain/accounts';
import type { Context } from '../context.ts';
import { writeNotices } from '../notifications/index.ts';
import { type AuditEntry, record } from '../record.ts';
import { claimTrust, listVouchers, type Standing } from './trust.queries.ts';

type Change = { from: Trust; to: Trust; by: TrustSource };
type Act = Pick<AuditEntry, 'actorId' | 'actorRole' | 'action' | 'reason'>;

/** Moves a resident to another step of trust, with its audit row and the event that their sockets follow; false when they are no longer on the first. */
export const changeTrust = async (
  tx: Transaction,
  ctx: Context<unknown>,
  resident: Pick<Standing, 'id' | 'accountId' | 'residenceId'>,
  { from, to, by }: Change,
  act: Act,
): Promise<boolean> => {
  if (!(await claimTrust(tx, resident.id, from, { trust: to, trustFrom: by, trustSince: ctx.now }))) return false;
  const { accountId } = resident;
  await record(
    tx,
    { at: ctx.now, ...act, subject: 'resident', subjectId: resident.id, residenceId: resident.residenceId },
    accountId
      ? [
          { kind: 'rights', change: 'trust', sideA: accountId },
          ...(await writeNotices(tx, ctx.now, [{ accountId, kind: 'account', turn: 'trust' }])),
        ]
      : [],
  );
  return true;
};

/** Makes a `new` resident `known` if the words given for them are enough by now; whether it did. */
export const countWords = async (
  tx: Transaction,
  ctx: Context<unknown>,
  resident: Pick<Standing, 'id' | 'accountId' | 'residenceId'>,
  act: Act,
): Promise<boolean> => {
  const vouchers = await listVouchers(tx, resident.id, resident.residenceId);
  return (
    isVouchedFor(resident.id, vouchers) &&
    (await changeTrust(tx, ctx, resident, { from: 'new', to: 'known', by: 'neighbours' }, act))
  );
};
