import type { Database, Transaction } from '@palier/db';
import type { Trust } from '@palier/domain/accounts';
import { allowed, refused, type Verdict } from '@palier/domain/errors';
import { type SQL, sql } from 'drizzle-orm';
import type { Acting } from './context.ts';
import { AppError } from './errors.ts';

type Row = {
  id: string;
  resident_id: string;
  residence_id: string;
  stair_id: string | null;
  trust: Trust;
  display_name: string;
  cell: string;
  commune: string;
  role: Acting['role'];
  own_resident_id: string | null;
};

/** The session of this account that lasts now, by the database's clock, for a resident who still has no account, of a residence the account looks after now. */
const lasting = (actingId: string, accountId: SQL): SQL => sql`
  select s.id, s.resident_id, r.residence_id, r.stair_id, r.trust, r.display_name, e.cell, e.commune, g.role,
    (select o.id from residents o where o.account_id = s.account_id) as own_resident_id
  from acting_sessions s join residents r on r.id = s.resident_id join residences e on e.id = r.residence_id
    join lateral (select role from role_grants where account_id = s.account_id and revoked_at is null
      and (residence_id = r.residence_id or territory_id = e.territory_id) order by residence_id nulls last limit 1) g on true
  where s.id = ${actingId} and s.account_id = ${accountId} and s.closed_at is null and s.expires_at > clock_timestamp() and r.account_id is null`;

/** For whom this account acts in a session; null when it is over, not theirs, or no longer theirs to hold. */
export const findActing = async (db: Database, actingId: string, accountId: string) => {
  const { rows } = await db.execute<Row>(lasting(actingId, sql`${accountId}::uuid`));
  const row = rows[0];
  if (!row) return null;
  const { residence_id, stair_id, display_name, cell, commune, trust } = row;
  const acting: Acting = {
    id: row.id,
    residentId: row.resident_id,
    role: row.role,
    ownResidentId: row.own_resident_id,
  };
  const place = { residenceId: residence_id, stairId: stair_id, cell, commune };
  return { acting, resident: { id: row.resident_id, ...place, trust, displayName: display_name } };
};

/** Whether this act may concern that resident: nobody acts for a neighbour towards themselves. Code: `acting.self`. */
export const canActTowards = (ctx: { acting?: Acting }, otherId: string): Verdict =>
  ctx.acting?.ownResidentId === otherId ? refused('acting.self') : allowed;

/** Asks again, in the transaction of the act, whether the session lasts; it cannot be closed before the act is committed. Code: `acting.over`. */
export const insistOnActing = async (tx: Transaction, acting: Acting): Promise<void> => {
  const { rows } = await tx.execute(sql`${lasting(acting.id, sql`s.account_id`)} for share of s`);
  if (rows.length === 0) throw new AppError('acting.over');
};
