import { clientOf, type Database, schema, type Transaction } from '@palier/db';
import type { MatchReason, Ring } from '@palier/domain/matching';
import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm';

const { matches } = schema;

/** One match to be kept: a request with an offer, or with a resident. */
export type NewMatch = {
  requestId: string;
  offerId: string | null;
  residentId: string | null;
  ring: Ring;
  score: number;
  reasons: readonly MatchReason[];
};

const forgetting = {
  name: 'matches_forget',
  text: 'delete from matches where request_id = $1::uuid or offer_id = $1::uuid returning request_id as "requestId"',
};

/** Forgets what a post fitted; answers the requests that it fitted as an offer, or its own id as often as something fitted it. */
export const deleteMatches = async (tx: Transaction, postId: string): Promise<string[]> => {
  const { rows } = await clientOf(tx).query<{ requestId: string }>({ ...forgetting, values: [postId] });
  return rows.map(({ requestId }) => requestId);
};

const keeping = {
  name: 'matches_keep',
  text: `insert into matches (request_id, offer_id, resident_id, ring, score, reasons)
    select m.* from jsonb_to_recordset($1::jsonb) as m(request_id uuid, offer_id uuid, resident_id uuid, ring ring, score real, reasons text[]) on conflict do nothing`,
};

/** Keeps matches; one that another process kept meanwhile stays as it is. They go as one parameter: there may be four hundred. */
export const insertMatches = async (tx: Transaction, found: readonly NewMatch[]): Promise<void> => {
  if (found.length === 0) return;
  const rows = found.map(({ requestId, offerId, residentId, ring, score, reasons }) => ({
    request_id: requestId,
    offer_id: offerId,
    resident_id: residentId,
    ...{ ring, score, reasons },
  }));
  await clientOf(tx).query({ ...keeping, values: [JSON.stringify(rows)] });
};

/** The posts that fit one, the better first. */
export const listPostMatches = async (db: Database, postId: string, side: 'request' | 'offer', limit: number) =>
  db
    .select({
      requestId: matches.requestId,
      offerId: matches.offerId,
      ring: matches.ring,
      score: matches.score,
      reasons: matches.reasons,
    })
    .from(matches)
    .where(
      side === 'request' ? and(eq(matches.requestId, postId), isNotNull(matches.offerId)) : eq(matches.offerId, postId),
    )
    .orderBy(desc(matches.score), asc(matches.ring), side === 'request' ? matches.offerId : matches.requestId)
    .limit(limit);

const offering = {
  name: 'matches_offering',
  text: `select distinct on (p.author_id) p.author_id, m.reasons from matches m join posts p on p.id = m.offer_id
    where m.request_id = $1 and p.state = 'open' and p.expires_at > $2::timestamptz order by p.author_id, m.score desc, p.id`,
};

/** Whose open offers fit a request, with the reasons of the best of each. */
export const listOffering = async (
  tx: Transaction,
  requestId: string,
  now: Date,
): Promise<Map<string, readonly MatchReason[]>> => {
  const { rows } = await clientOf(tx).query<{ author_id: string; reasons: MatchReason[] }>({
    ...offering,
    values: [requestId, now],
  });
  return new Map(rows.map((row) => [row.author_id, row.reasons]));
};

/** How many neighbours fit a request, by ring; nobody blocked since counts. */
export const countNeighbours = async (
  db: Database,
  requestId: string,
  authorId: string,
): Promise<Map<Ring, number>> => {
  const { rows } = await db.execute<{ ring: Ring; n: number }>(sql`
    select m.ring, count(*)::int as n from matches m where m.request_id = ${requestId} and m.resident_id is not null
      and not exists (select from blocks b where (b.resident_id = m.resident_id and b.blocked_id = ${authorId}) or (b.resident_id = ${authorId} and b.blocked_id = m.resident_id))
    group by m.ring`);
  return new Map(rows.map((row) => [row.ring, row.n]));
};
