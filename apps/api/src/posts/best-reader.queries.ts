import { type Database, schema } from '@palier/db';
import type { Slot } from '@palier/domain/accounts';
import type { Category } from '@palier/domain/posts';
import { and, desc, eq } from 'drizzle-orm';

const { posts, residents } = schema;

type Said = { skills: Category[]; availability: Slot[]; languages: string[] };

/** What a resident said they can help with, when, and in which languages. */
export const findBestReader = async (db: Database, residentId: string): Promise<Said> => {
  const [row] = await db
    .select({ skills: residents.skills, availability: residents.availability, languages: residents.languages })
    .from(residents)
    .where(eq(residents.id, residentId));
  return row ?? { skills: [], availability: [], languages: [] };
};

/** The newest open requests of a resident. */
export const listOwnRequests = async (db: Database, residentId: string, limit: number): Promise<string[]> => {
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.authorId, residentId), eq(posts.state, 'open'), eq(posts.kind, 'request')))
    .orderBy(desc(posts.createdAt))
    .limit(limit);
  return rows.map(({ id }) => id);
};
