import { canAccept, openFavoursMax, sideOfAnswer } from '@palier/domain/favours';
import { claimPlace } from '../favours/index.ts';
import { newId } from '../ids.ts';
import { type AtEachDate, favourEvent, postEvent } from '../posts/index.ts';
import { findAgreed } from './series.queries.ts';

const noLimit = 1_000_000;

/**
 * Says yes to a date in the name of whoever comes each time, within their rights and limits (block, trust, five open favours, which standing ones count
 * among): they hear of it as of any favour. When they cannot, the date opens to all as everybody else.
 */
export const standIn: AtEachDate = async (tx, ctx, post) => {
  const agreed = post.seriesId === null ? undefined : await findAgreed(tx, post.seriesId);
  if (!agreed || !canAccept(post, agreed).ok) return;
  const { residentId } = agreed;
  const favourId = newId();
  const openMax = ctx.env.hasRateLimits ? openFavoursMax : noLimit;
  const answer = {
    favourId,
    postId: post.id,
    residentId,
    note: '',
    audience: post.audience,
    category: post.category,
    openMax,
    now: ctx.now,
  };
  const [helperId, beneficiaryId] =
    sideOfAnswer(post.kind) === 'helper' ? [residentId, post.authorId] : [post.authorId, residentId];
  const standing = favourEvent({ id: favourId, helperId, beneficiaryId }, post.id, 'standing');
  const entry = { actorId: null, actorRole: 'system', action: 'favour.stand' } as const;
  await claimPlace({ ...ctx, tx }, answer, entry, {
    filled: [postEvent(post, 'filled'), standing],
    open: [postEvent(post, 'changed'), standing],
    standby: [],
  });
};
