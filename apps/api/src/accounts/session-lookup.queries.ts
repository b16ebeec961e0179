import type { Database } from '@palier/db';
import type { RoleGrant, Trust } from '@palier/domain/accounts';
import type { ResidenceMode } from '@palier/domain/residences';

type SessionRow = {
  id: string;
  userId: string;
  expiresAt: Date;
  createdAt: Date;
  locale: 'fr' | 'en';
  confirmedAt: Date | null;
  eraseAt: Date | null;
  lastUsedAt: Date;
  roles: RoleGrant[];
  residentId: string | null;
  lastSeenAt: Date | null;
  residenceId: string | null;
  stairId: string | null;
  trust: Trust | null;
  displayName: string | null;
  cell: string | null;
  commune: string | null;
  pausedUntil: Date | null;
  mode: ResidenceMode | null;
};

/** The hottest query of the API: each hash looked up by itself, by primary keys, whatever the planner thinks of how many there are. */
const sessionsOfHashes = {
  name: 'sessions_and_accounts',
  text: `select f.* from unnest($1::text[]) with ordinality as h(hash, n) left join lateral (
      select s.id, s.account_id as "userId", s.expires_at as "expiresAt", s.created_at as "createdAt", a.locale, a.email_confirmed_at as "confirmedAt",
        a.erase_at as "eraseAt", s.last_used_at as "lastUsedAt",
        coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('role', g.role, 'residenceId', g.residence_id, 'territoryId', g.territory_id, 'commune', g.commune)))
          from role_grants g where g.account_id = a.id and g.revoked_at is null), '[]')
        || coalesce((select jsonb_agg(jsonb_build_object('role', 'reader', 'territoryId', w.territory_id)) from watch_reader_grants w where w.account_id = a.id and w.ended_at is null and w.ends_at > now()), '[]') as roles,
        r.id as "residentId", r.last_seen_at as "lastSeenAt", r.residence_id as "residenceId", r.stair_id as "stairId", r.trust, r.display_name as "displayName", e.cell, e.commune,
        r.paused_until as "pausedUntil", e.mode
      from sessions s join accounts a on a.id = s.account_id left join residents r on r.account_id = a.id and r.excluded_at is null left join residences e on e.id = r.residence_id
      where s.id = h.hash limit 1) f on true
    order by h.n`,
};

/** Sessions with their accounts, roles and residents by the hashes of their cookies: one row a hash, in their order, empty where there is none. */
export const listSessions = async (db: Database, hashes: readonly string[]): Promise<(SessionRow | { id: null })[]> => {
  const { rows } = await db.$client.query<SessionRow | { id: null }>({ ...sessionsOfHashes, values: [hashes] });
  return rows;
};

/** Whether a row of `listSessions` is a session. */
export const isFound = (row: SessionRow | { id: null }): row is SessionRow => row.id !== null;
