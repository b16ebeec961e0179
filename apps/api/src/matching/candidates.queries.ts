import type { Database, Transaction } from '@palier/db';
import type { Slot, Trust } from '@palier/domain/accounts';
import { askLoad, fairness, inactiveMs, unsaidCloseness } from '@palier/domain/matching';
import type { StoredPost } from '@palier/domain/places';
import type { Category } from '@palier/domain/posts';
import { type SQL, sql } from 'drizzle-orm';
import { closestOf, type Fit, listOf } from './fits.ts';

const noBlock = (one: SQL, other: SQL) => sql`not exists (select from blocks b
  where (b.resident_id = ${one} and b.blocked_id = ${other}) or (b.resident_id = ${other} and b.blocked_id = ${one}))`;

/** Open posts of the other kind around a post that may fit it, the closest by category first, then the newest; nobody blocked either way. Ids alone. */
export const listCounterparts = async (
  db: Database,
  post: StoredPost,
  { cells, fits, now, limit }: { cells: readonly string[]; fits: readonly Fit[]; now: Date; limit: number },
): Promise<string[]> => {
  const other = post.kind === 'request' ? 'offer' : 'request';
  const may = sql`p.state = 'open' and p.kind = ${other}::post_kind and p.category = any(${listOf(fits.flatMap(({ categories }) => categories))}::category[]) and p.author_id <> ${post.authorId}
    and p.expires_at > ${now.toISOString()}`;
  const near = closestOf(fits, (categories) => sql`p.category = any(${categories}::category[])`);
  const columns = sql`p.id, p.author_id, p.created_at, ${near} as near`;
  const { rows } = await db.execute<{ id: string }>(sql`
    select f.id from (
      (select ${columns} from posts p where p.residence_id = ${post.residenceId} and ${may} order by near desc, p.created_at desc limit ${limit})
      union all
      (select ${columns} from posts p where p.cell = any(${listOf(cells)}::text[]) and p.audience in ('neighbourhood', 'commune')
        and p.residence_id <> ${post.residenceId} and ${may} order by near desc, p.created_at desc limit ${limit})) f
    where ${noBlock(sql`f.author_id`, sql`${post.authorId}::uuid`)} order by f.near desc, f.created_at desc, f.id limit ${limit}`);
  return rows.map(({ id }) => id);
};

/** A neighbour who might be told of a post, with what the score and the limits ask of them. */
export type Candidate = {
  id: string;
  accountId: string;
  residenceId: string;
  stairId: string | null;
  cell: string;
  commune: string;
  trust: Trust;
  skills: Category[];
  availability: Slot[];
  languages: string[];
  radiusM: number;
  lastSeenAt: Date;
  asksPerDay: number;
  urgentAtNight: boolean;
  favoursTogether: number;
  askedLately: number;
};

type CandidateRow = {
  id: string;
  account_id: string;
  residence_id: string;
  stair_id: string | null;
  cell: string;
  commune: string;
  trust: Trust;
  skills: Category[];
  availability: Slot[];
  languages: string[];
  radius_m: number;
  last_seen_at: string;
  asks_per_day: number;
  urgent_at_night: boolean;
  favours_together: number;
  asked_ago_ms: number[];
};

const candidateOf = (row: CandidateRow): Candidate => ({
  id: row.id,
  accountId: row.account_id,
  residenceId: row.residence_id,
  stairId: row.stair_id,
  cell: row.cell,
  commune: row.commune,
  trust: row.trust,
  skills: row.skills,
  availability: row.availability,
  languages: row.languages,
  radiusM: row.radius_m,
  lastSeenAt: new Date(row.last_seen_at),
  asksPerDay: row.asks_per_day,
  urgentAtNight: row.urgent_at_night,
  favoursTogether: row.favours_together,
  askedLately: askLoad(row.asked_ago_ms),
});

/** Where candidates are looked for: in the post's own residence, in these cells, or both; of everybody, of those who help with these categories, or of whoever saved the interest. */
export type Around = {
  home: boolean;
  cells: readonly string[];
  /** What counts as fitting: whoever helps with the closest comes first, and only who fits at all when `onlyFitting`. */
  fits: readonly Fit[];
  onlyFitting: boolean;
  /** Residents who come before everybody else, whatever they help with. */
  first: readonly string[];
  /** Only holders of an interest in the post's category. */
  interested: boolean;
  /** Leaves out whoever was told of this post already. */
  untold: boolean;
  limit: number;
};

/**
 * Residents around a post, with an account, seen in the last 90 days, none blocked, paused or excluded: those named as first, then by how close what they said they help with is to it (who
 * never said stands among them as the score has it), then those asked the least of late; only among equals in an order drawn anew for each post, so that nobody is always first.
 */
export const listCandidates = async (
  db: Database | Transaction,
  post: StoredPost,
  around: Around,
  now: Date,
): Promise<Candidate[]> => {
  const { home, cells, fits, onlyFitting, first, interested, untold, limit } = around;
  const seenAfter = new Date(now.getTime() - inactiveMs).toISOString();
  const countedFrom = new Date(now.getTime() - fairness.lastsMs).toISOString();
  const fitting = sql`r.skills && ${listOf(fits.flatMap(({ categories }) => categories))}::text[]`;
  const unsaid = sql`when r.skills = '{}' then ${unsaidCloseness}::float8 else 0`;
  const near = closestOf(fits, (categories) => sql`r.skills && ${categories}::text[]`, unsaid);
  const asked = sql`(select count(*) from asks k where k.resident_id = r.id and k.at > ${countedFrom})`;
  const where = sql`(${home} and r.residence_id = ${post.residenceId}) or (e.cell = any(${listOf(cells)}::text[]) and r.residence_id <> ${post.residenceId})`;
  const { rows } = await db.execute<CandidateRow>(sql`
    select f.*, (select count(*)::int from favours v where v.state = 'done' and v.helper_id = f.id and v.beneficiary_id = ${post.authorId})
        + (select count(*)::int from favours v where v.state = 'done' and v.helper_id = ${post.authorId} and v.beneficiary_id = f.id) as favours_together,
      array(select (extract(epoch from ${now.toISOString()}::timestamptz - k.at) * 1000)::float8 from asks k where k.resident_id = f.id and k.at > ${countedFrom}) as asked_ago_ms
    from (select r.id, r.account_id, r.residence_id, r.stair_id, e.cell, e.commune, r.trust, r.skills, r.availability, r.languages, r.radius_m, r.last_seen_at,
        r.asks_per_day, r.urgent_at_night
      from residences e join residents r on r.residence_id = e.id
      where (${where}) and r.id <> ${post.authorId} and r.account_id is not null and r.left_at is null and r.last_seen_at >= ${seenAfter}
        and r.excluded_at is null and (r.paused_until is null or r.paused_until <= ${now.toISOString()})
        ${onlyFitting ? sql`and ${fitting}` : sql.empty()}
        ${interested ? sql`and exists (select from interests i where i.resident_id = r.id and i.category = ${post.category}::category and i.paused_at is null)` : sql.empty()}
        ${untold ? sql`and not exists (select from asks k where k.post_id = ${post.id} and k.resident_id = r.id)` : sql.empty()}
        and ${noBlock(sql`r.id`, sql`${post.authorId}::uuid`)}
      order by (r.id = any(${listOf(first)}::uuid[])) desc, ${near} desc, ${asked}, hashtext(r.id::text || ${post.id}), r.id limit ${limit}) f`);
  return rows.map(candidateOf);
};

/** How far each of these residents' interest in a category looks, in metres. */
export const listInterestReach = async (
  tx: Transaction,
  category: Category,
  residentIds: readonly string[],
): Promise<Map<string, number>> => {
  const { rows } = await tx.execute<{ resident_id: string; within_m: number }>(
    sql`select resident_id, within_m from interests where category = ${category}::category and paused_at is null and resident_id = any(${listOf(residentIds)}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.resident_id, row.within_m]));
};
