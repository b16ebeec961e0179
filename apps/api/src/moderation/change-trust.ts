import type { Transaction } from '@palier/db';
import type { Trust, TrustSource } from '@palier/domain/accounts';
import type { Context } from '../context.ts';
import { writeNotices } from '../notifications/index.ts';
import { type AuditEntry, type OutboxEvent, record } from '../record.ts';
import { claimTrust, closeArrival } from './arrivals.queries.ts';

type Change = { from: Trust; to: Trust; by: TrustSource };
type Someone = { id: string; accountId: string | null };

/** Moves a resident to another step of trust and tells them; whoever is new no longer waits on the desk. Answers the words to the stream, or null when they are no longer on the first. */
export const moveTrust = async (
  tx: Transaction,
  { id, accountId }: Someone,
  { from, to, by }: Change,
  now: Date,
): Promise<OutboxEvent[] | null> => {
  if (!(await claimTrust(tx, id, from, { trust: to, trustFrom: by, trustSince: now }))) return null;
  const desk = from === 'new' ? await closeArrival(tx, id, now) : [];
  if (accountId === null) return desk;
  const told = await writeNotices(tx, now, [{ accountId, kind: 'account', turn: 'trust' }]);
  return [{ kind: 'rights', change: 'trust', sideA: accountId }, ...told, ...desk];
};

/** Moves a resident to another step of trust, with its audit row and the event that their sockets follow; false when they are no longer on the first. */
export const changeTrust = async (
  tx: Transaction,
  ctx: Context<unknown>,
  resident: Someone & { residenceId: string },
  change: Change,
  act: Pick<AuditEntry, 'actorId' | 'actorRole' | 'action' | 'reason'>,
): Promise<boolean> => {
  const events = await moveTrust(tx, resident, change, ctx.now);
  if (!events) return false;
  const { id: subjectId, residenceId } = resident;
  await record(tx, { at: ctx.now, ...act, subject: 'resident', subjectId, residenceId }, events);
  return true;
};
