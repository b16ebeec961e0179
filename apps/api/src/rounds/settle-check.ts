import type { Transaction } from '@palier/db';
import { timeZoneOfCommune } from '@palier/domain/places';
import { attemptsMax, type CheckOutcome, type CheckState, offeredAgainAt } from '@palier/domain/watch';
import { sql } from 'drizzle-orm';
import type { Check } from './checks.queries.ts';
import { raise } from './raise-alarms.ts';

type Said = { outcome: CheckOutcome; accountId: string; now: Date };

/** Nobody answered: offered again later; the fourth time, an alarm. Somebody else who holds it at this moment goes on. */
const missed = async (tx: Transaction, check: Check, { accountId, now }: Said): Promise<CheckState> => {
  const attempts = check.attempts + 1;
  const isLast = attempts >= attemptsMax;
  if (check.state === 'claimed' && check.heldBy !== accountId && !isLast) {
    await tx.execute(sql`update watch_checks set attempts = ${attempts} where id = ${check.id}`);
    return check.state;
  }
  const again = offeredAgainAt({ ...check, attempts }, now, timeZoneOfCommune(check.commune));
  const state = isLast ? 'escalated' : 'no-answer';
  await tx.execute(sql`
    update watch_checks set state = ${state}, attempts = ${attempts}, held_by = null, held_until = null, offered_at = ${again.toISOString()} where id = ${check.id}`);
  if (isLast) await raise(tx, [{ id: check.id, round_id: check.roundId, residence_id: check.residenceId }], now);
  return state;
};

/** Ends the alarm of a check in somebody's name: whoever saw the person says so, however late their telephone sent it. */
export const endAlarm = async (
  tx: Transaction,
  checkId: string,
  by: { accountId: string; ending: string; now: Date },
): Promise<boolean> => {
  const at = by.now.toISOString();
  const { rows } = await tx.execute(
    sql`update watch_checks set state = 'closed', ended_at = ${at} where id = ${checkId} and state = 'escalated' returning id`,
  );
  if (rows.length === 0) return false;
  await tx.execute(sql`
    update watch_escalations set ended_by = ${by.accountId}, ended_at = ${at}, ending = ${by.ending}, tell_at = null where check_id = ${checkId}`);
  return true;
};

/**
 * What one answer makes of a check whose row the transaction holds: the person was reached and it ends; nobody answered and it goes on; it was an alarm already, and whoever saw the person ends it.
 * What had ended stays so. Resolves with its state.
 */
export const settle = async (tx: Transaction, check: Check, said: Said): Promise<CheckState> => {
  const { outcome, accountId, now } = said;
  if (check.state === 'escalated') {
    if (outcome === 'no-answer') return 'escalated';
    const ending = outcome === 'emergency-called' ? 'emergency-called' : 'reached';
    await endAlarm(tx, check.id, { accountId, ending, now });
    return 'closed';
  }
  if (check.state !== 'due' && check.state !== 'claimed' && check.state !== 'no-answer') return check.state;
  if (outcome === 'no-answer') return missed(tx, check, said);
  await tx.execute(sql`
    update watch_checks set state = ${outcome}, held_by = null, held_until = null, ended_at = ${now.toISOString()} where id = ${check.id}`);
  return outcome;
};
