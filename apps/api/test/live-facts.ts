import { inTransaction, schema } from '@palier/db';
import type { PostChange } from '@palier/domain/live';
import { eq, sql } from 'drizzle-orm';
import { newId } from '../src/ids.ts';
import { record } from '../src/record.ts';
import type { LiveHarness } from './live-harness.ts';

type Author = { id: string; accountId: string; residenceId: string; stairId: string | null };
type NewPost = Partial<typeof schema.posts.$inferInsert>;

/** Acts written as the use cases write them, state and outbox row in one transaction, for what these suites are about is what follows. */
export const factsOf = ({ db, doorbell, deps }: LiveHarness) => {
  const entry = (action: string) => ({
    at: deps.clock(),
    actorId: null,
    actorRole: 'system' as const,
    action,
    subject: 'post',
  });

  const post = async (author: Author, values: NewPost = {}, change: PostChange = 'opened'): Promise<string> => {
    const id = newId();
    const [home] = await db
      .select({ cell: schema.residences.cell, commune: schema.residences.commune })
      .from(schema.residences)
      .where(eq(schema.residences.id, author.residenceId));
    if (!home) throw new Error('an author lives somewhere');
    const now = deps.clock();
    const row = {
      id,
      authorId: author.id,
      residenceId: author.residenceId,
      stairId: author.stairId,
      ...home,
      kind: 'request',
      category: 'errands',
      title: 'Du pain',
      audience: 'neighbourhood',
      state: 'open',
      createdAt: now,
      updatedAt: now,
      expiresAt: new Date(now.getTime() + 86_400_000),
      ...values,
    } as const;
    await inTransaction(db, async (tx) => {
      await tx.insert(schema.posts).values(row);
      await record(tx, entry('post.create'), [
        { kind: 'post', change, postId: id, cell: row.cell, residenceId: row.residenceId, commune: row.commune },
      ]);
    });
    doorbell.ring();
    return id;
  };

  const alter = async (postId: string, change: PostChange, values: NewPost): Promise<void> => {
    await inTransaction(db, async (tx) => {
      const [row] = await tx
        .update(schema.posts)
        .set({ ...values, updatedAt: deps.clock() })
        .where(eq(schema.posts.id, postId))
        .returning({ cell: schema.posts.cell, residenceId: schema.posts.residenceId, commune: schema.posts.commune });
      if (!row) throw new Error('a post that is not there');
      await record(tx, entry('post.edit'), [{ kind: 'post', change, postId, ...row }]);
    });
    doorbell.ring();
  };

  const favour = async (postId: string, author: Author, helper: Author): Promise<string> => {
    const id = newId();
    const now = deps.clock();
    await inTransaction(db, async (tx) => {
      await tx.insert(schema.favours).values({
        id,
        postId,
        commune: '01173',
        authorId: author.id,
        acceptedBy: helper.id,
        helperId: helper.id,
        beneficiaryId: author.id,
        state: 'accepted',
        createdAt: now,
        updatedAt: now,
      });
      await tx
        .update(schema.residents)
        .set({ openFavours: sql`${schema.residents.openFavours} + 1` })
        .where(eq(schema.residents.id, helper.id));
      await record(tx, entry('favour.accept'), [
        { kind: 'favour', change: 'accepted', favourId: id, postId, sideA: helper.id, sideB: author.id },
      ]);
    });
    doorbell.ring();
    return id;
  };

  const block = async (who: Author, whom: Author): Promise<void> => {
    await inTransaction(db, async (tx) => {
      await tx.insert(schema.blocks).values({ residentId: who.id, blockedId: whom.id });
      await record(tx, entry('resident.block'), [{ kind: 'block', change: 'made', sideA: who.id, sideB: whom.id }]);
    });
    doorbell.ring();
  };

  const moveTo = async (who: Author, residenceId: string): Promise<void> => {
    await inTransaction(db, async (tx) => {
      await tx.update(schema.residents).set({ residenceId, stairId: null }).where(eq(schema.residents.id, who.id));
      await record(tx, entry('resident.move'), [{ kind: 'rights', change: 'residence', sideA: who.accountId }]);
    });
    doorbell.ring();
  };
  return { post, alter, favour, block, moveTo };
};
