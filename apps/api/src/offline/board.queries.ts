import { type Database, schema, type Transaction } from '@palier/db';
import { type HallPost, hallRefusal, hallWindow } from '@palier/domain/offline';
import { and, desc, eq, gt, sql } from 'drizzle-orm';

const { posts } = schema;

/**
 * What a residence's hall shows now: the open posts of its own residents that their authors ticked and that tell of no absence or frailty, the urgent and the soonest first;
 * asked of the database at each reading, so that what ended or was unticked is gone at once. At most 60.
 */
export const listHallPosts = async (
  db: Database | Transaction,
  residenceId: string,
  now: Date,
): Promise<(HallPost & { postId: string })[]> => {
  const rows = await db
    .select({
      postId: posts.id,
      kind: posts.kind,
      category: posts.category,
      audience: posts.audience,
      title: posts.title,
      details: posts.details,
      helpersNeeded: posts.helpersNeeded,
      taken: posts.taken,
      urgentUntil: posts.urgentUntil,
      windowFrom: posts.windowFrom,
      windowTo: posts.windowTo,
    })
    .from(posts)
    .where(
      and(
        eq(posts.residenceId, residenceId),
        eq(posts.state, 'open'),
        eq(posts.hall, true),
        gt(posts.expiresAt, now),
        sql`(${posts.windowTo} is null or ${posts.windowTo} > ${now.toISOString()})`,
      ),
    )
    .orderBy(sql`${posts.urgentUntil} > ${now.toISOString()} desc nulls last`, posts.windowFrom, desc(posts.createdAt))
    .limit(60);
  return rows.flatMap((row) => {
    const { postId, kind, category, title, helpersNeeded, taken, urgentUntil, windowFrom, windowTo } = row;
    const window = windowFrom && windowTo ? { from: windowFrom, to: windowTo } : null;
    if (hallRefusal({ ...row, window }) !== null) return [];
    const said = hallWindow(window);
    return {
      postId,
      kind,
      category,
      title,
      urgent: urgentUntil !== null && urgentUntil > now,
      helpersMissing: helpersNeeded - taken,
      window: said && { from: said.from.toISOString(), to: said.to.toISOString() },
    };
  });
};
