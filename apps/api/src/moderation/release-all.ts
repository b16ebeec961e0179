import { schema, type Transaction } from '@palier/db';
import { liveFavourStates } from '@palier/domain/favours';
import { and, asc, eq, inArray, or } from 'drizzle-orm';
import { orAbsent } from '../errors.ts';
import { leavePlace, lockPostOfFavour } from '../favours/index.ts';
import type { OutboxEvent } from '../record.ts';

const { favours } = schema;

/** Releases everything somebody promised or was promised; whoever stood by takes the place, the others hear. Answers what was released, for whoever takes it back, and what the stream is told. */
export const releaseAll = async (
  tx: Transaction,
  residentId: string,
  now: Date,
): Promise<{ released: { id: string; postId: string }[]; events: OutboxEvent[] }> => {
  const live = await tx
    .select()
    .from(favours)
    .where(
      and(
        inArray(favours.state, [...liveFavourStates]),
        or(eq(favours.helperId, residentId), eq(favours.beneficiaryId, residentId)),
      ),
    )
    .orderBy(asc(favours.postId), asc(favours.id));
  const events: OutboxEvent[] = [];
  for (const favour of live) {
    const post = orAbsent(await lockPostOfFavour(tx, favour.postId));
    const change = favour.helperId === residentId ? 'released:helper' : 'released:beneficiary';
    events.push(...(await leavePlace(tx, favour, post, { state: 'released', reason: null, change }, now)));
  }
  return { released: live.map(({ id, postId }) => ({ id, postId })), events };
};
