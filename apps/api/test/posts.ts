import { schema } from '@palier/db';
import { eq, inArray } from 'drizzle-orm';
import { newId } from '../src/ids.ts';
import type { Harness } from './harness.ts';

type Post = typeof schema.posts.$inferInsert;
type Author = { id: string; residenceId: string; stairId: string | null };

/** A post as the database holds it, without the way in that writes it: for suites about what comes after. */
export const mintPost = async (h: Harness, author: Author, change: Partial<Post> = {}) => {
  const [residence] = await h.db.select().from(schema.residences).where(eq(schema.residences.id, author.residenceId));
  if (!residence) throw new Error('the author must live somewhere');
  const now = h.deps.clock();
  const row: Post = {
    id: newId(),
    authorId: author.id,
    residenceId: residence.id,
    stairId: author.stairId,
    commune: residence.commune,
    cell: residence.cell,
    kind: 'request',
    category: 'errands',
    title: 'Porter un carton',
    details: '',
    audience: 'neighbourhood',
    helpersNeeded: 1,
    state: 'open',
    createdAt: now,
    updatedAt: now,
    expiresAt: new Date(now.getTime() + 86_400_000),
    ...change,
  };
  await h.db.insert(schema.posts).values(row);
  return row;
};

export const postRow = async (h: Harness, postId: string) => {
  const [row] = await h.db.select().from(schema.posts).where(eq(schema.posts.id, postId));
  if (!row) throw new Error('no such post');
  return row;
};

export const favourRows = (h: Harness, postId: string) =>
  h.db.select().from(schema.favours).where(eq(schema.favours.postId, postId));

export const openFavoursOf = async (h: Harness, residentId: string): Promise<number> => {
  const [row] = await h.db
    .select({ n: schema.residents.openFavours })
    .from(schema.residents)
    .where(eq(schema.residents.id, residentId));
  return row?.n ?? -1;
};

export const eventsOf = async (h: Harness, postId: string) => {
  const rows = await h.db
    .select()
    .from(schema.outbox)
    .where(eq(schema.outbox.postId, postId))
    .orderBy(schema.outbox.id);
  return rows.map(({ kind, change }) => `${kind}.${change}`);
};

/** Everything that must hold of these posts and of those who answered them, whatever happened; one line for each thing that does not. */
export const wrongsOf = async (h: Harness, postIds: string[], residentIds: string[]): Promise<string[]> => {
  const wrongs: string[] = [];
  const posts = await h.db.select().from(schema.posts).where(inArray(schema.posts.id, postIds));
  const favours = await h.db.select().from(schema.favours).where(inArray(schema.favours.postId, postIds));
  for (const post of posts) {
    const inState = (...states: string[]) =>
      favours.filter((favour) => favour.postId === post.id && states.includes(favour.state)).length;
    const say = (what: string) => wrongs.push(`${post.state} post, ${post.taken} of ${post.helpersNeeded}: ${what}`);
    if (post.taken !== inState('accepted', 'done')) say(`${inState('accepted', 'done')} hold a place`);
    if (inState('standby') > 1) say('two stand by');
    if (inState('standby') === 1 && post.state !== 'filled') say('somebody stands by');
    if (post.state === 'filled' && post.taken !== post.helpersNeeded) say('filled with a place left');
    if (post.state === 'filled' && inState('accepted') === 0) say('filled with nobody to come');
    if (['withdrawn', 'expired', 'done', 'held'].includes(post.state) && inState('accepted', 'standby') > 0)
      say('somebody is still promised');
  }
  const kinds = new Map(posts.map(({ id, kind }) => [id, kind]));
  for (const id of residentIds) {
    const promised = favours.filter(
      (favour) =>
        favour.acceptedBy === id &&
        kinds.get(favour.postId) === 'request' &&
        ['accepted', 'standby'].includes(favour.state),
    ).length;
    const counted = await openFavoursOf(h, id);
    if (counted !== promised) wrongs.push(`a helper of ${promised} open favours is counted ${counted}`);
  }
  return wrongs;
};
