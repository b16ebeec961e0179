import type { Transaction } from '@palier/db';
import { mayReadOther } from '@palier/domain/matching';
import type { StoredPost } from '@palier/domain/places';
import { findRoutes, reachEvent } from '../posts/index.ts';
import { tellBesides } from '../record.ts';
import type { NewMatch } from './matches.queries.ts';

/**
 * Tells the authors of the requests that an offer fits now (those who may see it), and of those that it fitted until now, that what fits theirs has moved: their open page reads it again. Nobody
 * else hears of it; who merely could help is no matter of an offer's.
 */
export const tellMovedRequests = async (
  tx: Transaction,
  offer: StoredPost,
  {
    found,
    requests,
    before,
  }: { found: readonly NewMatch[]; requests: readonly StoredPost[]; before: readonly string[] },
): Promise<void> => {
  const fitted = new Set(found.map(({ requestId }) => requestId));
  const moved = requests.filter((request) => fitted.has(request.id) && mayReadOther(request, offer));
  const lost = await findRoutes(
    tx,
    before.filter((id) => !fitted.has(id)),
  );
  const events = [...moved, ...lost].map(reachEvent);
  if (events.length > 0) await tellBesides(tx, events);
};
