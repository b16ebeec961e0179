import { canAccept, openFavoursMax, sideOfAnswer } from '@palier/domain/favours';
import { claimPlace, hasBlockBetween } from '../favours/index.ts';
import { newId } from '../ids.ts';
import { type AtEachDate, favourEvent, postEvent } from '../posts/index.ts';
import { record } from '../record.ts';
import { findAgreed } from './series.queries.ts';

const noLimit = 1_000_000;

/** What undoes the attempt alone: the date stays, open to all. */
class CannotStand extends Error {}

/**
 * Says yes to a date in the name of whoever comes each time, within their rights and limits (block, trust, five open favours, which standing ones count
 * among): they hear of it as of any favour. When they cannot, the date opens to all as any other.
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
  try {
    await tx.transaction(async (attempt) => {
      const claimed = await claimPlace(attempt, answer);
      if (!claimed.isWritten || (await hasBlockBetween(attempt, residentId, post.authorId))) throw new CannotStand();
      const [helperId, beneficiaryId] =
        sideOfAnswer(post.kind) === 'helper' ? [residentId, post.authorId] : [post.authorId, residentId];
      const entry = { at: ctx.now, actorId: null, actorRole: 'system', action: 'favour.stand' } as const;
      const { residenceId, commune } = post;
      await record(attempt, { ...entry, subject: 'favour', subjectId: favourId, residenceId, commune }, [
        postEvent(post, claimed.state === 'filled' ? 'filled' : 'changed'),
        favourEvent({ id: favourId, helperId, beneficiaryId }, post.id, 'standing'),
      ]);
    });
  } catch (error) {
    if (!(error instanceof CannotStand)) throw error;
  }
};
