import { schema, type Transaction } from '@palier/db';
import type { KeepInCopy } from '@palier/domain/posts';
import { and, count, eq, gt } from 'drizzle-orm';
import type { ResidentContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { actedBy, record } from '../record.ts';

const { postCopies, posts } = schema;
const dayMs = 86_400_000;

/** How many relatives one resident may name in a day: each is mailed by us. */
const copiesPerDay = 3;

/** Refuses whoever named too many relatives today. Code: `rate.posts`. */
export const insistOnCopies = async (tx: Transaction, ctx: ResidentContext): Promise<void> => {
  const since = new Date(ctx.now.getTime() - dayMs);
  const [row] = await tx
    .select({ n: count() })
    .from(postCopies)
    .innerJoin(posts, eq(posts.id, postCopies.postId))
    .where(and(eq(posts.authorId, ctx.actor.residentId), gt(postCopies.createdAt, since)));
  if ((row?.n ?? 0) >= copiesPerDay) throw new AppError('rate.posts', { retryAfterS: dayMs / 1000 });
};

/** Keeps a relative in copy of a post, and of the next dates of its series, from the moment they say yes to the mail that asks them. */
export const askRelative = async (
  tx: Transaction,
  ctx: ResidentContext,
  postId: string,
  { email, locale = ctx.locale }: KeepInCopy,
): Promise<void> => {
  const id = newId();
  await tx.insert(postCopies).values({ id, postId, email, locale, createdAt: ctx.now });
  const { residenceId, commune } = ctx.actor;
  const entry = { ...actedBy(ctx), action: 'copy.ask', subject: 'copy', subjectId: id, residenceId, commune } as const;
  await record(tx, { ...entry, reason: 'agreed' }, [{ kind: 'audit', change: 'copy.ask', sideA: id }]);
};
