import { schema } from '@palier/db';
import { Category } from '@palier/domain/posts';
import { eq } from 'drizzle-orm';
import { newId } from '../src/ids.ts';
import { gex, type Harness } from './harness.ts';

const dayMs = 86_400_000;

type Town = { commune: string; people: number; months: number; until: Date };

/** A commune with two residences whose people each ask and help every week of some months before an instant, and its officer. */
export const mintTown = async (h: Harness, { commune, people, months, until }: Town) => {
  const officer = await h.mintAccount('Mairie');
  await h.db.insert(schema.roleGrants).values({ id: newId(), accountId: officer.id, role: 'officer', commune });
  const first = new Date(Date.UTC(until.getUTCFullYear(), until.getUTCMonth() - months, 1, 6));
  const residences = [await h.mintResidence({ commune }), await h.mintResidence({ commune })];
  await h.db.update(schema.residences).set({ createdAt: first }).where(eq(schema.residences.commune, commune));
  const residents = Array.from({ length: people }, (_, n) => ({
    id: newId(),
    residenceId: residences[n % 2]?.id ?? '',
    displayName: `Voisin ${n}`,
    trust: 'known' as const,
    joinedAt: first,
  }));
  await h.db.insert(schema.residents).values(residents);
  const posts: (typeof schema.posts.$inferInsert)[] = [];
  const favours: (typeof schema.favours.$inferInsert)[] = [];
  for (let at = first.getTime(); at < until.getTime() - 3 * dayMs; at += 7 * dayMs)
    for (const [n, { id, residenceId }] of residents.entries()) {
      const createdAt = new Date(at + (n % 5) * dayMs);
      const helper = residents[(n + 1 + posts.length) % people]?.id ?? id;
      const isAnswered = n % 3 !== 0 && helper !== id;
      const postId = newId();
      posts.push({
        ...{ id: postId, authorId: id, residenceId, commune, cell: gex.cell, kind: n % 4 === 0 ? 'offer' : 'request' },
        ...{ category: Category.options[n % 4] ?? 'other', title: 'Un coup de main', audience: 'commune' },
        ...{ state: isAnswered ? 'done' : 'expired', taken: isAnswered ? 1 : 0 },
        ...{ createdAt, updatedAt: createdAt, expiresAt: createdAt },
      });
      const endedAt = new Date(createdAt.getTime() + 3_600_000);
      if (isAnswered)
        favours.push({
          ...{ id: newId(), postId, commune, authorId: id, acceptedBy: helper, helperId: helper, beneficiaryId: id },
          ...{ state: 'done', minutes: 30, createdAt, updatedAt: endedAt, endedAt },
        });
    }
  await h.db.insert(schema.posts).values(posts);
  await h.db.insert(schema.favours).values(favours);
  return { commune, officer, residents };
};
