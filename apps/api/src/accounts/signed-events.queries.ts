import { schema, type Transaction } from '@palier/db';
import { liveFavourStates } from '@palier/domain/favours';
import { and, desc, eq, inArray, or } from 'drizzle-orm';
import type { OutboxEvent } from '../record.ts';

const { favours, posts } = schema;
/** How many of each are told again under a new name: more than anyone has open. */
const toldMax = 100;

/** What the stream is told when a resident changes name: their open posts and living favours read otherwise on the screens that show them. */
export const listSignedEvents = async (tx: Transaction, residentId: string): Promise<OutboxEvent[]> => {
  const open = await tx
    .select({ postId: posts.id, cell: posts.cell, residenceId: posts.residenceId, commune: posts.commune })
    .from(posts)
    .where(and(eq(posts.authorId, residentId), eq(posts.state, 'open')))
    .orderBy(desc(posts.createdAt))
    .limit(toldMax);
  const living = await tx
    .select({ favourId: favours.id, postId: favours.postId, sideA: favours.helperId, sideB: favours.beneficiaryId })
    .from(favours)
    .where(
      and(
        or(eq(favours.helperId, residentId), eq(favours.beneficiaryId, residentId)),
        inArray(favours.state, [...liveFavourStates]),
      ),
    )
    .orderBy(desc(favours.createdAt))
    .limit(toldMax);
  return [
    ...open.map((post) => ({ kind: 'post', change: 'changed', sideA: residentId, ...post }) as const),
    ...living.map((favour) => ({ kind: 'favour', change: 'renamed', ...favour }) as const),
  ];
};
