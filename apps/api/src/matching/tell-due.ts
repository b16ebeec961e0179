import { chaseQuestion, nextTellableAt, type TellingStep } from '@palier/domain/matching';
import { timeZoneOfCommune } from '@palier/domain/places';
import type { Context } from '../context.ts';
import { mutate } from '../mutate.ts';
import { notify } from '../notifications/index.ts';
import { cellIndexOf } from '../places/index.ts';
import { findStoredPost, reachEvent } from '../posts/index.ts';
import { tellBesides } from '../record.ts';
import { forReferents } from './for-referents.ts';
import { tellStep } from './tell-step.ts';
import { claimChase, findAuthorAccount, listDueChases, listDueSteps, listSteps } from './tellings.queries.ts';

const batch = 100;
const batchesMax = 50;

/** Asks an author, once and by day, whether what still looks for somebody holds; their open page shows it too. For one without internet, their referents hear that something waits. */
const chase = (ctx: Context<unknown>, postId: string): Promise<boolean> =>
  mutate(ctx, async (tx) => {
    const post = await findStoredPost(tx, postId);
    if (!post || chaseQuestion(post) === null) return false;
    const tellableAt = nextTellableAt(ctx.now, timeZoneOfCommune(post.commune));
    const isNight = tellableAt > ctx.now;
    if (!(await claimChase(tx, postId, ctx.now, isNight ? tellableAt : null)) || isNight) return false;
    const accountId = await findAuthorAccount(tx, post.authorId);
    await tellBesides(tx, [reachEvent(post)]);
    const { residenceId, commune } = post;
    const entry = { at: ctx.now, actorId: null, actorRole: 'system', action: 'post.chase', subject: 'post' } as const;
    return (
      (await notify(
        tx,
        { ...entry, subjectId: postId, residenceId, commune },
        accountId
          ? [{ accountId, kind: 'still-needed', postId, turn: post.expiresAt.toISOString() }]
          : await forReferents(tx, residenceId, 'offline-waits'),
      )) > 0
    );
  });

/** Tells the steps of one post that are due, in their order; how many people were told. */
export const tellPost = async (ctx: Context<unknown>, postId: string): Promise<number> => {
  const due = (await listSteps(ctx.db, postId)).filter(({ doneAt, dueAt }) => !doneAt && dueAt <= ctx.now);
  let told = 0;
  for (const { step } of due) told += (await tellStep(ctx, { postId, step })) ?? 0;
  return told;
};

/** Tells every step that is due and asks every author who is to be asked; how many people were told. Run twice at once, each is told once. */
export const tellDue = async (ctx: Context<unknown>): Promise<number> => {
  await cellIndexOf(ctx.db).refresh(); // residences opened since, wherever they were
  let told = 0;
  for (let n = 0; n < batchesMax; n++) {
    const due: { postId: string; step: TellingStep }[] = await listDueSteps(ctx.db, ctx.now, batch);
    let settled = 0;
    for (const step of due) {
      const count = await tellStep(ctx, step);
      if (count !== null) settled++;
      told += count ?? 0;
    }
    if (due.length < batch || settled === 0) break;
  }
  for (const { postId } of await listDueChases(ctx.db, ctx.now, batch)) if (await chase(ctx, postId)) told++;
  return told;
};
