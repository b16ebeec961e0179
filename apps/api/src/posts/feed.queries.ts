import type { Database } from '@palier/db';
import type { StoredPost } from '@palier/domain/places';
import { askTogetherOn } from '../ask-together.ts';
import type { FeedStatement } from './feed-parts.ts';

/** What a feed needs before its posts are read: the head of the stream, who is hidden, and what is searched for. */
export type FeedOpening = { head: number; hidden: string[]; hasElsewhere: boolean; hasText: boolean; words: string[] };

type Asking = { residentId: string; residenceId: string; q: string | null; words: string[] };

/** Readers come as JSON: arrays, whose lengths PostgreSQL knows, would be planned for anew at each call. */
const openings = {
  name: 'feed_openings',
  text: `select (select seq from stream_head)::float8 as "head",
      array(select blocked_id from blocks where resident_id = r.me union all select resident_id from blocks where blocked_id = r.me)::text[] as "hidden",
      exists (select from posts where author_id = r.me and residence_id <> r.home and state = 'open') as "hasElsewhere",
      r.q is not null and numnode(websearch_to_tsquery('public.palier_fr', r.q)) > 0 as "hasText",
      case when r.q is null then '{}' else array(select distinct unaccent(lower(w)) from unnest(r.words) w where numnode(plainto_tsquery('public.palier_fr', w)) > 0) end as "words"
    from jsonb_to_recordset($1::jsonb) as r(n int, me uuid, home uuid, q text, words text[])
    order by r.n`,
};

const listOpenings = async (db: Database, asked: readonly Asking[]): Promise<FeedOpening[]> => {
  const readers = asked.map(({ residentId, residenceId, ...asking }, n) => ({
    n,
    me: residentId,
    home: residenceId,
    ...asking,
  }));
  const { rows } = await db.$client.query<FeedOpening>({ ...openings, values: [JSON.stringify(readers)] });
  return rows;
};
const openTogether = askTogetherOn(listOpenings);

/** Small words that PostgreSQL's French list of stop words misses, some because accents are taken off first. */
const smallWords = /(?<![\p{L}\p{N}"'’-])(les|à|même|mêmes|meme|etes|êtes|étés|été)(?![\p{L}\p{N}"'’-])/giu;

/** Long enough that a typing error leaves something to recognise. */
const wordMin = 4;
const wordsMax = 8;

/** The words of a search in which typing errors are forgiven: none where quotes, minus signs or "or" ask for exactness. */
const forgivingWords = (q: string): string[] =>
  /["“”«»]|(^|\s)-|(^|\s)or(\s|$)/i.test(q)
    ? []
    : [...new Set(q.match(/[\p{L}\p{N}]+/gu) ?? [])].filter((word) => [...word].length >= wordMin).slice(0, wordsMax);

/** A search without its small words; null when nothing is left. */
export const searchOf = (typed: string | undefined): string | null => typed?.replaceAll(smallWords, ' ').trim() || null;

export const openFeed = async (
  db: Database,
  { residentId, residenceId }: { residentId: string; residenceId: string },
  q: string | null,
): Promise<FeedOpening> => {
  const nothing = { head: 0, hidden: [], hasElsewhere: false, hasText: false, words: [] };
  if (q === null) return openTogether(db, { residentId, residenceId, q, words: [] });
  const [opening = nothing] = await listOpenings(db, [{ residentId, residenceId, q, words: forgivingWords(q) }]); // alone: no search may fail another's feed
  return opening;
};

export type FeedRow = {
  id: string;
  author_id: string;
  author_name: string;
  residence_id: string;
  stair_id: string | null;
  commune: string;
  cell: string;
  kind: StoredPost['kind'];
  category: StoredPost['category'];
  title: string;
  details: string;
  audience: StoredPost['audience'];
  helpers_needed: number;
  taken: number;
  urgent_until: Date | null;
  window_from: Date | null;
  window_to: Date | null;
  state: StoredPost['state'];
  on_behalf: boolean;
  series_id: string | null;
  created_at: Date;
  updated_at: Date;
  expires_at: Date;
};

export const storedOf = (row: FeedRow): StoredPost => ({
  id: row.id,
  authorId: row.author_id,
  authorName: row.author_name,
  residenceId: row.residence_id,
  stairId: row.stair_id,
  commune: row.commune,
  cell: row.cell,
  kind: row.kind,
  category: row.category,
  title: row.title,
  details: row.details,
  audience: row.audience,
  helpersNeeded: row.helpers_needed,
  taken: row.taken,
  urgentUntil: row.urgent_until,
  windowFrom: row.window_from,
  windowTo: row.window_to,
  state: row.state,
  onBehalf: row.on_behalf,
  seriesId: row.series_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  expiresAt: row.expires_at,
});

/** What every statement of the feed may be asked with; those that walk have more. */
export type FeedParameters = {
  beforeAt: string;
  beforeId: string;
  soon: string;
  asOf: string;
  limit: number;
  me: string;
  residence: string;
  stair: string | null;
  commune: string;
  hidden: readonly string[];
  kind: string | null;
  audience: string | null;
  categories: readonly string[];
  q: string | null;
  words: readonly string[];
};

/** Open posts that one statement finds, at most `limit`, the first ones in its order. */
export const listFeed = async (
  db: Database,
  { name, text, parameters: names }: FeedStatement,
  parameters: Readonly<Record<string, unknown>>,
): Promise<StoredPost[]> => {
  const { rows } = await db.$client.query<FeedRow>({ name, text, values: names.map((one) => parameters[one]) });
  return rows.map(storedOf);
};
