import { clientOf, type Database, schema, type Transaction } from '@palier/db';
import type { StoredPost } from '@palier/domain/places';
import { and, eq, inArray } from 'drizzle-orm';
import { askTogether } from '../ask-together.ts';

const { posts, residents } = schema;

const stored = {
  id: posts.id,
  authorId: posts.authorId,
  authorName: residents.displayName,
  residenceId: posts.residenceId,
  stairId: posts.stairId,
  commune: posts.commune,
  cell: posts.cell,
  kind: posts.kind,
  category: posts.category,
  title: posts.title,
  details: posts.details,
  audience: posts.audience,
  helpersNeeded: posts.helpersNeeded,
  taken: posts.taken,
  urgentUntil: posts.urgentUntil,
  windowFrom: posts.windowFrom,
  windowTo: posts.windowTo,
  state: posts.state,
  onBehalf: posts.onBehalf,
  seriesId: posts.seriesId,
  createdAt: posts.createdAt,
  updatedAt: posts.updatedAt,
  expiresAt: posts.expiresAt,
};

/** The columns of a post `p` and its author `a`, under the names of `StoredPost`. */
export const storedColumns = `p.id, p.author_id as "authorId", a.display_name as "authorName", p.residence_id as "residenceId", p.stair_id as "stairId", p.commune, p.cell, p.kind, p.category,
  p.title, p.details, p.audience, p.helpers_needed as "helpersNeeded", p.taken, p.urgent_until as "urgentUntil", p.window_from as "windowFrom", p.window_to as "windowTo", p.state,
  p.on_behalf as "onBehalf", p.series_id as "seriesId", p.created_at as "createdAt", p.updated_at as "updatedAt", p.expires_at as "expiresAt"`;

const storedPosts = {
  name: 'stored_posts',
  text: `select ${storedColumns} from posts p join residents a on a.id = p.author_id where p.id = any($1::uuid[])`,
};

/** What routes the stream's word of these posts. */
export const findRoutes = async (tx: Transaction, ids: readonly string[]) => {
  if (ids.length === 0) return [];
  const { id, cell, residenceId, commune, authorId } = posts;
  return tx
    .select({ id, cell, residenceId, commune, authorId })
    .from(posts)
    .where(inArray(id, [...ids]));
};

/** The posts of these ids as they are stored now, with their authors' first names, in no particular order; ids that are no post's are missing. */
export const findStoredPosts = async (db: Database | Transaction, ids: readonly string[]): Promise<StoredPost[]> => {
  if (ids.length === 0) return [];
  const { rows } = await clientOf(db).query<StoredPost>({ ...storedPosts, values: [ids] });
  return rows;
};

const toldPosts = {
  name: 'told_posts',
  text: `select ${storedColumns}, array(select case when b.resident_id = p.author_id then b.blocked_id else b.resident_id end from blocks b
      where b.resident_id = p.author_id or b.blocked_id = p.author_id)::text[] as blocked
    from posts p join residents a on a.id = p.author_id where p.id = any($1::uuid[])`,
};

/** The posts of these ids as they are stored now, each with the residents whom a block hides it from: both of one snapshot, so that no post is newer than the blocks it is told under. */
export const findToldPosts = async (
  db: Database,
  ids: readonly string[],
): Promise<{ post: StoredPost; blocked: string[] }[]> => {
  if (ids.length === 0) return [];
  const { rows } = await db.$client.query<StoredPost & { blocked: string[] }>({ ...toldPosts, values: [ids] });
  return rows.map(({ blocked, ...post }) => ({ post, blocked }));
};

/** One post as it is stored, inside a transaction. */
export const findStoredPost = async (tx: Transaction, postId: string): Promise<StoredPost | undefined> =>
  (await findStoredPosts(tx, [postId]))[0];

type FavourState = 'standby' | 'accepted' | 'done' | 'withdrawn' | 'declined' | 'no-show' | 'released';

/** A post, and what only some readers of it are told, read with it: its author's choices, and how it stands to this reader. */
export type PostForReader = {
  post: StoredPost;
  hall: boolean;
  endReason: string | null;
  residenceName: string;
  head: number;
  isBlocked: boolean;
  favour: { id: string; state: FavourState; isHelper: boolean; isExcused: boolean } | null;
  /** How often this reader answered it. */
  answers: number;
  hasStandby: boolean;
  viaReferent: boolean;
  beneficiary: string | null;
};

/** Each pair looked up by itself, by primary keys, whatever the planner thinks of how many there are. */
const postsForReaders = {
  name: 'posts_for_readers',
  text: `select f.* from unnest($1::uuid[], $2::uuid[]) with ordinality as k(post_id, reader, n) left join lateral (
      select ${storedColumns}, p.hall, p.end_reason as "endReason", (select name from residences where id = a.residence_id) as "residenceName",
        (select seq from stream_head)::float8 as head,
        exists (select from blocks b where (b.resident_id = k.reader and b.blocked_id = p.author_id) or (b.resident_id = p.author_id and b.blocked_id = k.reader)) as "isBlocked",
        (select jsonb_build_object('id', f.id, 'state', f.state, 'isHelper', f.helper_id = k.reader, 'isExcused', f.excused_at is not null) from favours f
          where f.post_id = p.id and f.accepted_by = k.reader order by f.created_at desc, f.id desc limit 1) as favour,
        (select count(*) from favours f where f.post_id = p.id and f.accepted_by = k.reader)::float8 as answers,
        exists (select from favours f where f.post_id = p.id and f.state = 'standby') as "hasStandby",
        exists (select from resident_consents o where o.resident_id = p.author_id) as "viaReferent",
        (select b.name from post_beneficiaries b where b.post_id = p.id) as beneficiary
      from posts p join residents a on a.id = p.author_id where p.id = k.post_id limit 1) f on true
    order by k.n`,
};

type Pair = { postId: string; residentId: string };
type Row = (StoredPost & Omit<PostForReader, 'post'>) | { id: null };

const listPostsFor = async (db: Database | Transaction, pairs: readonly Pair[]): Promise<(PostForReader | null)[]> => {
  const values = [pairs.map(({ postId }) => postId), pairs.map(({ residentId }) => residentId)];
  const { rows } = await clientOf(db).query<Row>({ ...postsForReaders, values });
  return rows.map((row) => {
    if (row.id === null) return null;
    const {
      hall,
      endReason,
      residenceName,
      head,
      isBlocked,
      favour,
      answers,
      hasStandby,
      viaReferent,
      beneficiary,
      ...post
    } = row;
    return {
      post,
      hall,
      endReason,
      residenceName,
      head,
      isBlocked,
      favour,
      answers,
      hasStandby,
      viaReferent,
      beneficiary,
    };
  });
};

const together = new WeakMap<Database, (pair: Pair) => Promise<PostForReader | null>>();

/** One post with what concerns this reader and the head of the stream, all of one snapshot; outside a transaction, one statement for all who ask meanwhile. */
export const findPostFor = async (
  db: Database,
  tx: Transaction | null,
  postId: string,
  residentId: string,
): Promise<PostForReader | null> => {
  const pair = { postId, residentId };
  if (tx) return (await listPostsFor(tx, [pair]))[0] ?? null;
  const ask = together.get(db) ?? askTogether((pairs: readonly Pair[]) => listPostsFor(db, pairs));
  together.set(db, ask);
  return ask(pair);
};

/** Locks the post of its author until the end of the transaction; posts are always locked before residents. */
export const lockOwnPost = async (tx: Transaction, postId: string, authorId: string) => {
  const [row] = await tx
    .select({ ...stored, hall: posts.hall })
    .from(posts)
    .innerJoin(residents, eq(residents.id, posts.authorId))
    .where(and(eq(posts.id, postId), eq(posts.authorId, authorId)))
    .for('no key update', { of: posts });
  return row;
};
