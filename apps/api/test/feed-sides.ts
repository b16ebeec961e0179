import { schema } from '@palier/db';
import { disclose, isInAudience, type StoredPost, type Viewer } from '@palier/domain/places';
import { ListPosts } from '@palier/domain/posts';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { ResidentContext } from '../src/context.ts';
import { residentActorOf } from '../src/plugins/session.ts';
import { viewerOf } from '../src/posts/as-answer.ts';
import { isInBox } from '../src/posts/feed-groups.ts';
import { orders, positionOf } from '../src/posts/feed-order.ts';
import { listPosts } from '../src/posts/list-posts.ts';
import { readFromMemory } from '../src/posts/memory/read-memory.ts';
import { findStoredPosts } from '../src/posts/stored-posts.queries.ts';
import type { Harness } from './harness.ts';

/** The call of a resident, as they live now. */
export const contextOf = async (h: Harness, residentId: string): Promise<ResidentContext> => {
  const { residents, residences } = schema;
  const [row] = await h.db
    .select()
    .from(residents)
    .innerJoin(residences, eq(residences.id, residents.residenceId))
    .where(eq(residents.id, residentId));
  if (!row?.residents.accountId) throw new Error('the reader must have an account');
  const { id, accountId, residenceId, stairId, trust, displayName } = row.residents;
  const { cell, commune } = row.residences;
  const actor = residentActorOf(accountId, { id, residenceId, stairId, trust, displayName, cell, commune });
  return { ...h.deps, actor, now: h.deps.clock(), ip: '', locale: 'fr', tx: null };
};

export type Stored = { posts: StoredPost[]; blocked: Set<string> };

/** Every post and every block, as they are stored. */
export const storedNow = async (h: Harness): Promise<Stored> => {
  const ids = await h.db.select({ id: schema.posts.id }).from(schema.posts);
  const posts = await findStoredPosts(
    h.db,
    ids.map(({ id }) => id),
  );
  const pairs = await h.db.select().from(schema.blocks);
  return { posts, blocked: new Set(pairs.flatMap(({ residentId: a, blockedId: b }) => [`${a} ${b}`, `${b} ${a}`])) };
};

/** The feed by the domain's own rules, every post looked at: what both the memory and the database must answer. */
export const feedByRules = ({ posts, blocked }: Stored, viewer: Viewer, input: ListPosts, now: Date): string[] =>
  posts
    .filter(
      (post) =>
        post.state === 'open' &&
        isInAudience(post, viewer) &&
        disclose(post, viewer, now) !== null &&
        !blocked.has(`${viewer.residentId} ${post.authorId}`),
    )
    .map((post) => ({ post, at: positionOf(post, viewer, now) }))
    .filter(
      ({ post, at }) =>
        (!input.kind || post.kind === input.kind) &&
        (!input.category || input.category.includes(post.category)) &&
        (!input.audience || post.audience === input.audience) &&
        (!input.within || at.m <= input.within) &&
        (!input.urgent || at.isUrgent) &&
        isInBox(post.residenceId === viewer.residenceId ? viewer.cell : post.cell, input.bbox),
    )
    .sort((a, b) => orders[input.sort](a.at, b.at))
    .map(({ post }) => post.id);

export type Sides = { ids: string[]; fromMemory: number; fromDatabase: number };

/** Pages of one reader's feed, asked of both sides: where the memory answers, its bytes are the database's; and the cursor of either goes on in both. Ends with the ids of all pages. */
export const readBothSides = async (ctx: ResidentContext, filters: Record<string, unknown>): Promise<Sides> => {
  const sides: Sides = { ids: [], fromMemory: 0, fromDatabase: 0 };
  for (let [cursor, page] = [undefined as string | undefined, 0]; page < 80; page++) {
    const input = ListPosts.parse({ ...filters, ...(cursor && { cursor }) });
    const written = await readFromMemory(ctx, input);
    const { items, next } = await listPosts(ctx, input);
    if (written) {
      sides.fromMemory += 1;
      expect(written.body.toString('utf8')).toBe(JSON.stringify({ items, next }));
    } else sides.fromDatabase += 1;
    sides.ids.push(...items.map(({ id }) => id));
    if (next === null) return sides;
    cursor = next;
  }
  throw new Error('the feed does not end');
};

/** Both sides and the rules, for one reader and one question. */
export const expectAlike = async (
  h: Harness,
  residentId: string,
  filters: Record<string, unknown>,
  stored: Stored,
): Promise<Sides> => {
  const ctx = await contextOf(h, residentId);
  const sides = await readBothSides(ctx, filters);
  expect(sides.ids).toEqual(feedByRules(stored, viewerOf(ctx.actor), ListPosts.parse(filters), ctx.now));
  return sides;
};
