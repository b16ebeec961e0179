import { type Database, schema } from '@palier/db';
import { sessionLife } from '@palier/domain/accounts';
import type { FavourState } from '@palier/domain/favours';
import type { Viewer } from '@palier/domain/places';
import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { StampedEvent } from './stamped-event.ts';

const { cases, residences, roleGrants, streamHead } = schema;

/** The head of the stream, as the database has it. */
export const readHead = async (db: Database): Promise<number> => {
  const [row] = await db.select({ seq: streamHead.seq }).from(streamHead).where(eq(streamHead.id, 1));
  return row?.seq ?? 0;
};

const eventsBetween = {
  name: 'events_between',
  text: `select seq::float8 as seq, kind, change, post_id as "postId", favour_id as "favourId", notification_id as "notificationId", conversation_id as "conversationId",
      message_id as "messageId", case_id as "caseId", cell, residence_id as "residenceId", commune, side_a as "sideA", side_b as "sideB"
    from outbox where seq > $1 and seq <= $2 order by outbox.seq limit $3`,
};

/** The events after `after` and up to `upTo`, in order, at most `limit`. */
export const listEvents = async (db: Database, after: number, upTo: number, limit: number): Promise<StampedEvent[]> => {
  const { rows } = await db.$client.query<StampedEvent>({ ...eventsBetween, values: [after, upTo, limit] });
  return rows;
};

const blocksAmong = {
  name: 'blocks_among',
  text: 'select resident_id as a, blocked_id as b from blocks where resident_id = any($1::uuid[]) or blocked_id = any($1::uuid[])',
};

/** Who is blocked by, or has blocked, each of these residents. */
export const listBlocked = async (db: Database, residentIds: string[]): Promise<Map<string, Set<string>>> => {
  const found = new Map<string, Set<string>>();
  if (residentIds.length === 0) return found;
  const { rows: pairs } = await db.$client.query<{ a: string; b: string }>({ ...blocksAmong, values: [residentIds] });
  const put = (one: string, other: string) => found.set(one, (found.get(one) ?? new Set()).add(other));
  for (const { a, b } of pairs) {
    put(a, b);
    put(b, a);
  }
  return found;
};

type FavourAt = { id: string; postId: string; state: FavourState; helperId: string; beneficiaryId: string };
const favoursNow = {
  name: 'favours_now',
  text: 'select id, post_id as "postId", state, helper_id as "helperId", beneficiary_id as "beneficiaryId" from favours where id = any($1::uuid[])',
};

/** What favours are at now, and who their two sides are. */
export const listFavourStates = async (db: Database, ids: string[]): Promise<FavourAt[]> => {
  if (ids.length === 0) return [];
  const { rows } = await db.$client.query<FavourAt>({ ...favoursNow, values: [ids] });
  return rows;
};

/** The accounts on whose desk each of these cases is now: referents of its residence, coordinators of its territory. */
export const listDesks = async (db: Database, caseIds: string[]): Promise<Map<string, Set<string>>> => {
  const desks = new Map<string, Set<string>>();
  if (caseIds.length === 0) return desks;
  const rows = await db
    .select({ caseId: cases.id, accountId: roleGrants.accountId })
    .from(cases)
    .innerJoin(residences, eq(residences.id, cases.residenceId))
    .innerJoin(
      roleGrants,
      or(eq(roleGrants.residenceId, residences.id), eq(roleGrants.territoryId, residences.territoryId)),
    )
    .where(and(inArray(cases.id, caseIds), isNull(roleGrants.revokedAt)));
  for (const { caseId, accountId } of rows) desks.set(caseId, (desks.get(caseId) ?? new Set()).add(accountId));
  return desks;
};

/** The accounts that see the figures of each of these communes: its officers, and coordinators with a residence there. */
export const listOverseers = async (db: Database, communes: string[]): Promise<Map<string, Set<string>>> => {
  const overseers = new Map<string, Set<string>>();
  if (communes.length === 0) return overseers;
  const officers = await db
    .selectDistinct({ commune: sql<string>`${roleGrants.commune}`, accountId: roleGrants.accountId })
    .from(roleGrants)
    .where(and(eq(roleGrants.role, 'officer'), isNull(roleGrants.revokedAt), inArray(roleGrants.commune, communes)));
  const coordinators = await db
    .selectDistinct({ commune: residences.commune, accountId: roleGrants.accountId })
    .from(roleGrants)
    .innerJoin(residences, eq(residences.territoryId, roleGrants.territoryId))
    .where(
      and(eq(roleGrants.role, 'coordinator'), isNull(roleGrants.revokedAt), inArray(residences.commune, communes)),
    );
  for (const { commune, accountId } of [...officers, ...coordinators])
    overseers.set(commune, (overseers.get(commune) ?? new Set()).add(accountId));
  return overseers;
};

/** What is no longer as a socket believes: its session ended (`isAlive` false), or its resident lives elsewhere, or nowhere. */
export type Moved = { sessionHash: string; isAlive: boolean; viewer: Viewer | null };

/** A viewer in one line, to be compared with the database's. */
export const viewerLine = (viewer: Viewer | null): string =>
  viewer ? [viewer.residentId, viewer.residenceId, viewer.stairId ?? '-', viewer.cell, viewer.commune].join(' ') : '-';

/** Of these sockets' sessions and viewers, those that are not so any more, by the database's clock; one query for all. */
export const listMoved = async (
  db: Database,
  believed: readonly { sessionHash: string; line: string }[],
): Promise<Moved[]> => {
  if (believed.length === 0) return [];
  type Row = {
    hash: string;
    alive: boolean;
    resident_id: string | null;
    residence_id: string;
    stair_id: string | null;
    cell: string;
    commune: string;
  };
  const { rows } = await db.execute<Row>(sql`
    select b.hash, s.id is not null as alive, r.id as resident_id, r.residence_id, r.stair_id, e.cell, e.commune
    from jsonb_to_recordset(${JSON.stringify(believed.map(({ sessionHash, line }) => ({ hash: sessionHash, line })))}::jsonb) as b(hash text, line text)
    left join sessions s on s.id = b.hash and s.expires_at > now() and s.created_at > now() - ${sessionLife.absoluteMs}::float8 * interval '1 ms'
    left join residents r on r.account_id = s.account_id and r.excluded_at is null
    left join residences e on e.id = r.residence_id
    where s.id is null
      or b.line <> case when r.id is null then '-' else concat_ws(' ', r.id, r.residence_id, coalesce(r.stair_id::text, '-'), e.cell, e.commune) end`);
  return rows.map((row) => ({
    sessionHash: row.hash,
    isAlive: row.alive,
    viewer:
      row.resident_id === null
        ? null
        : {
            residentId: row.resident_id,
            residenceId: row.residence_id,
            stairId: row.stair_id,
            cell: row.cell,
            commune: row.commune,
          },
  }));
};
