import { timeZoneOfCommune } from '@palier/domain/places';
import { expiresAt, seriesAheadMs, seriesDates } from '@palier/domain/posts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { claimSeriesDates, type DueSeries, findSeriesModel, listDueSeries } from './due-posts.queries.ts';
import { postEvent } from './post-events.ts';
import { insertBeneficiary, postStatement } from './posts.queries.ts';
import { screenWords, stateOfHolds } from './screening.ts';

const batch = 200;
const batchesMax = 500;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** Words are screened again with today's rules; what would be refused today waits for a referent, since nobody is there to be told. */
const holdsOf = (words: { title: string; details: string }) => {
  try {
    return screenWords(words, true);
  } catch {
    return ['unscreened'] as const;
  }
};

const makeOne = (ctx: Context<unknown>, due: DueSeries, ahead: Date): Promise<number> =>
  mutate(ctx, async (tx) => {
    const model = await findSeriesModel(tx, due.id);
    if (!model) return 0;
    const first = { from: due.firstFrom, to: due.firstTo };
    const dates = seriesDates(first, due.every, timeZoneOfCommune(model.post.commune), {
      after: due.madeUntil,
      until: due.until,
      ahead,
    });
    const last = dates.at(-1);
    if (!last || !(await claimSeriesDates(tx, due.id, due.madeUntil, last.from))) return 0;
    const state = await stateOfHolds(tx, holdsOf(model.post), due.authorId, ctx.now);
    const { residenceId, commune } = model.post;
    for (const { from, to } of dates) {
      const fresh = {
        id: newId(),
        state,
        taken: 0,
        urgentUntil: null,
        windowFrom: from,
        windowTo: to,
        createdAt: ctx.now,
        updatedAt: ctx.now,
        expiresAt: expiresAt({ kind: model.post.kind, window: { to: to.toISOString() } }, ctx.now),
      };
      const post = { ...model.post, ...fresh };
      const entry = {
        at: ctx.now,
        actorId: null,
        actorRole: 'system',
        action: 'post.repeat',
        subject: 'post',
      } as const;
      const place = { subjectId: post.id, residenceId, commune, text: `${post.title}\n${post.details}` };
      await tx.execute(
        postStatement(post, { ...entry, ...place }, postEvent(post, state === 'open' ? 'opened' : 'held')),
      );
      if (model.beneficiary) await insertBeneficiary(tx, { ...model.beneficiary, postId: post.id });
    }
    return dates.length;
  });

/** Writes the dates of every living series up to 14 days ahead, each like the latest one, and answers how many posts were made. Run twice at once, each date is made once. */
export const makeSeriesPosts = async (ctx: Context<unknown>): Promise<number> => {
  const ahead = new Date(ctx.now.getTime() + seriesAheadMs);
  let made = 0;
  let after = beforeAll;
  for (let n = 0; n < batchesMax; n++) {
    const due = await listDueSeries(ctx.db, ahead, after, batch);
    for (const one of due) made += await makeOne(ctx, one, ahead);
    after = due.at(-1)?.id ?? after;
    if (due.length < batch) break;
  }
  return made;
};
