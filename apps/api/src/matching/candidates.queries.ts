import { clientOf, type Database, type Transaction } from '@palier/db';
import type { Slot, Trust } from '@palier/domain/accounts';
import { askLoad, fairness, inactiveMs, unsaidCloseness } from '@palier/domain/matching';
import type { StoredPost } from '@palier/domain/places';
import type { Category } from '@palier/domain/posts';
import type { Fit } from './fits.ts';

const noBlock = (one: string, other: string) => `not exists (select from blocks b
  where (b.resident_id = ${one} and b.blocked_id = ${other}) or (b.resident_id = ${other} and b.blocked_id = ${one}))`;

const mayFit = `p.state = 'open' and p.kind = $1::post_kind and p.category = any($2::category[]) and p.author_id <> $4::uuid and p.expires_at > $5::timestamptz`;
/** How close the category of a post is, which is one of those that fit. */
const nearOfPost = '($3::float8[])[array_position($2::category[], p.category)]';
const counterparts = {
  name: 'counterparts',
  text: `select f.id from (
      (select p.id, p.author_id, p.created_at, ${nearOfPost} as near from posts p where p.residence_id = $6::uuid and ${mayFit} order by near desc, p.created_at desc limit $8)
      union all
      (select p.id, p.author_id, p.created_at, ${nearOfPost} as near from posts p where p.cell = any($7::text[]) and p.audience in ('neighbourhood', 'commune')
        and p.residence_id <> $6::uuid and ${mayFit} order by near desc, p.created_at desc limit $8)) f
    where ${noBlock('f.author_id', '$4::uuid')} order by f.near desc, f.created_at desc, f.id limit $8`,
};

/** Open posts of the other kind around a post that may fit it, the closest by category first, then the newest; nobody blocked either way. Ids alone. */
export const listCounterparts = async (
  db: Database,
  post: StoredPost,
  { cells, fits, now, limit }: { cells: readonly string[]; fits: readonly Fit[]; now: Date; limit: number },
): Promise<string[]> => {
  const fitting = fits.flatMap(({ near, categories }) => categories.map((category) => ({ near, category })));
  const values = [
    post.kind === 'request' ? 'offer' : 'request',
    fitting.map(({ category }) => category),
    fitting.map(({ near }) => near),
    post.authorId,
    now,
    post.residenceId,
    cells,
    limit,
  ];
  const { rows } = await db.$client.query<{ id: string }>({ ...counterparts, values });
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
  last_seen_at: Date;
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
  lastSeenAt: row.last_seen_at,
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

/** The statement of one kind of asking: one text, planned once a connection, for each number of levels of closeness. */
const askingAround = (post: StoredPost, around: Around, now: Date) => {
  const { home, cells, fits, onlyFitting, first, interested, untold, limit } = around;
  const values: unknown[] = [];
  const take = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  const author = take(post.authorId, 'uuid');
  const residence = take(post.residenceId, 'uuid');
  const at = take(now, 'timestamptz');
  const countedFrom = take(new Date(now.getTime() - fairness.lastsMs), 'timestamptz');
  const levels = fits.map(
    ({ near, categories }) => `when r.skills && ${take(categories, 'text[]')} then ${take(near, 'float8')}`,
  );
  const conditions = [
    ...(onlyFitting
      ? [
          `r.skills && ${take(
            fits.flatMap(({ categories }) => categories),
            'text[]',
          )}`,
        ]
      : []),
    ...(interested
      ? [
          `exists (select from interests i where i.resident_id = r.id and i.category = ${take(post.category, 'category')} and i.paused_at is null)`,
        ]
      : []),
    ...(untold
      ? [`not exists (select from asks k where k.post_id = ${take(post.id, 'uuid')} and k.resident_id = r.id)`]
      : []),
    noBlock('r.id', author),
  ];
  const text = `
    select f.*, (select count(*)::int from favours v where v.state = 'done' and v.helper_id = f.id and v.beneficiary_id = ${author})
        + (select count(*)::int from favours v where v.state = 'done' and v.helper_id = ${author} and v.beneficiary_id = f.id) as favours_together,
      array(select (extract(epoch from ${at} - k.at) * 1000)::float8 from asks k where k.resident_id = f.id and k.at > ${countedFrom}) as asked_ago_ms
    from (select r.id, r.account_id, r.residence_id, r.stair_id, e.cell, e.commune, r.trust, r.skills, r.availability, r.languages, r.radius_m, r.last_seen_at,
        r.asks_per_day, r.urgent_at_night
      from residences e join residents r on r.residence_id = e.id
      where ((${take(home, 'boolean')} and e.id = ${residence}) or (e.cell = any(${take(cells, 'text[]')}) and e.id <> ${residence}))
        and r.id <> ${author} and r.account_id is not null and r.left_at is null and r.last_seen_at >= ${take(new Date(now.getTime() - inactiveMs), 'timestamptz')}
        and r.excluded_at is null and (r.paused_until is null or r.paused_until <= ${at}) and ${conditions.join(' and ')}
      order by (r.id = any(${take(first, 'uuid[]')})) desc, case ${levels.join(' ')} when r.skills = '{}' then ${unsaidCloseness}::float8 else 0 end desc,
        (select count(*) from asks k where k.resident_id = r.id and k.at > ${countedFrom}), hashtext(r.id::text || ${take(post.id, 'text')}), r.id limit ${take(limit, 'int')}) f`;
  const kind = `${onlyFitting ? 'fitting' : 'any'}_${interested ? 'interested' : 'all'}_${untold ? 'untold' : 'told'}`;
  return { name: `candidates_${kind}_${fits.length}`, text, values };
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
  const { rows } = await clientOf(db).query<CandidateRow>(askingAround(post, around, now));
  return rows.map(candidateOf);
};

const interestReach = {
  name: 'interest_reach',
  text: 'select resident_id, within_m from interests where category = $1::category and paused_at is null and resident_id = any($2::uuid[])',
};

/** How far each of these residents' interest in a category looks, in metres. */
export const listInterestReach = async (
  tx: Transaction,
  category: Category,
  residentIds: readonly string[],
): Promise<Map<string, number>> => {
  const { rows } = await clientOf(tx).query<{ resident_id: string; within_m: number }>({
    ...interestReach,
    values: [category, residentIds],
  });
  return new Map(rows.map((row) => [row.resident_id, row.within_m]));
};
