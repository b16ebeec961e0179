import { type Database, schema, type Transaction } from '@palier/db';
import type { StoredPost } from '@palier/domain/places';
import { and, eq, type Placeholder, sql } from 'drizzle-orm';

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

const prepareStoredPosts = (db: Database) =>
  db
    .select(stored)
    .from(posts)
    .innerJoin(residents, eq(residents.id, posts.authorId))
    .where(sql`${posts.id} = any(${sql.placeholder('ids')}::uuid[])`)
    .prepare('stored_posts');

const prepared = new WeakMap<Database, ReturnType<typeof prepareStoredPosts>>();

/** The posts of these ids as they are stored now, with their authors' first names, in one prepared statement and no particular order; ids that are no post's are missing. */
export const findStoredPosts = async (db: Database, ids: readonly string[]): Promise<StoredPost[]> => {
  if (ids.length === 0) return [];
  const statement = prepared.get(db) ?? prepareStoredPosts(db);
  prepared.set(db, statement);
  return statement.execute({ ids: [...ids] });
};

/** One post as it is stored, inside a transaction. */
export const findStoredPost = async (tx: Transaction, postId: string): Promise<StoredPost | undefined> => {
  const [row] = await tx
    .select(stored)
    .from(posts)
    .innerJoin(residents, eq(residents.id, posts.authorId))
    .where(eq(posts.id, postId));
  return row;
};

type FavourState = 'standby' | 'accepted' | 'done' | 'withdrawn' | 'declined' | 'no-show' | 'released';
type OwnFavour = { id: string; state: FavourState; isHelper: boolean; isExcused: boolean };

/** What only some readers of one post are told, read with it: its author's choices, and how it stands to this reader. */
const concerning = (residentId: string | Placeholder) => ({
  hall: posts.hall,
  endReason: posts.endReason,
  residenceName: sql<string>`(select name from residences where id = ${residents.residenceId})`,
  head: sql<number>`(select seq from stream_head)`.mapWith(Number),
  isBlocked: sql<boolean>`exists (select from blocks b where (b.resident_id = ${residentId} and b.blocked_id = ${posts.authorId}) or (b.resident_id = ${posts.authorId} and b.blocked_id = ${residentId}))`,
  favour: sql<OwnFavour | null>`(
    select jsonb_build_object('id', f.id, 'state', f.state, 'isHelper', f.helper_id = ${residentId}, 'isExcused', f.excused_at is not null) from favours f
    where f.post_id = ${posts.id} and f.accepted_by = ${residentId} order by f.created_at desc, f.id desc limit 1)`,
  answers:
    sql<number>`(select count(*) from favours f where f.post_id = ${posts.id} and f.accepted_by = ${residentId})`.mapWith(
      Number,
    ),
  hasStandby: sql<boolean>`exists (select from favours f where f.post_id = ${posts.id} and f.state = 'standby')`,
  viaReferent: sql<boolean>`exists (select from resident_consents o where o.resident_id = ${posts.authorId})`,
  beneficiary: sql<string | null>`(select b.name from post_beneficiaries b where b.post_id = ${posts.id})`,
});

const selectPostFor = (db: Database | Transaction, postId: string | Placeholder, residentId: string | Placeholder) =>
  db
    .select({ post: stored, ...concerning(residentId) })
    .from(posts)
    .innerJoin(residents, eq(residents.id, posts.authorId))
    .where(eq(posts.id, postId));

const preparePostFor = (db: Database) =>
  selectPostFor(db, sql.placeholder('postId'), sql.placeholder('residentId')).prepare('post_for_reader');

const preparedPostFor = new WeakMap<Database, ReturnType<typeof preparePostFor>>();

/** One post with what concerns this reader and the head of the stream, all of one snapshot; prepared, outside a transaction. */
export const findPostFor = async (db: Database, tx: Transaction | null, postId: string, residentId: string) => {
  if (tx) return (await selectPostFor(tx, postId, residentId))[0];
  const statement = preparedPostFor.get(db) ?? preparePostFor(db);
  preparedPostFor.set(db, statement);
  return (await statement.execute({ postId, residentId }))[0];
};
export type PostForReader = NonNullable<Awaited<ReturnType<typeof findPostFor>>>;

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
