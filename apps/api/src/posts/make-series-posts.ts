import { clientOf, type Transaction } from '@palier/db';
import { type StoredPost, timeZoneOfCommune } from '@palier/domain/places';
import { type Dates, expiresAt, seriesAheadMs, seriesDates } from '@palier/domain/posts';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import {
  claimSeriesDates,
  type DueSeries,
  findSeriesModel,
  listDueSeries,
  listSkips,
  type SeriesModel,
} from './due-posts.queries.ts';
import { layOnDesk } from './lay-on-desk.ts';
import { postEvent } from './post-events.ts';
import { insertBeneficiary, postStatement } from './posts.queries.ts';
import { beginningFor, screenWords } from './screening.ts';

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

type Made = Omit<StoredPost, 'authorName'> & { hall: boolean };

/** What else is done for a date in the transaction that makes it: the same person says yes each time, for one. */
export type AtEachDate = (tx: Transaction, ctx: Context<unknown>, post: Made) => Promise<void>;

/** Writes these dates of a series like its model, under the words said for all of them; each waits for a referent if today's rules would refuse it. */
export const writeDates = async (
  tx: Transaction,
  ctx: Context<unknown>,
  { due, model, dates }: { due: DueSeries; model: SeriesModel; dates: readonly Dates[] },
  atEachDate: AtEachDate,
): Promise<void> => {
  const words = { title: due.title ?? model.post.title, details: due.details ?? model.post.details };
  const { residenceId, commune, kind } = model.post;
  // A series was let out with its first date: where everything is read first, its next dates are not read again.
  const author = { id: due.authorId, residenceId, mode: 'screened' } as const;
  const begins = await beginningFor(tx, { text: '', found: holdsOf(words), isCounted: false }, author, ctx.now);
  const { state } = begins;
  for (const { from, to } of dates) {
    const fresh = {
      id: newId(),
      state,
      taken: 0,
      helpersNeeded: due.helpersNeeded ?? model.post.helpersNeeded,
      endReason: null,
      urgentUntil: null,
      windowFrom: from,
      windowTo: to,
      createdAt: ctx.now,
      updatedAt: ctx.now,
      expiresAt: expiresAt({ kind, window: { to: to.toISOString() } }, ctx.now),
    };
    const post = { ...model.post, ...words, ...fresh };
    const entry = { at: ctx.now, actorId: null, actorRole: 'system', action: 'post.repeat', subject: 'post' } as const;
    const place = { subjectId: post.id, residenceId, commune, text: `${post.title}\n${post.details}` };
    const event = postEvent(post, state === 'open' ? 'opened' : 'held');
    const { rows } = await clientOf(tx).query(postStatement(post, { ...entry, ...place }, event, null));
    if (rows.length === 0) return; // excluded, or gone, since the series was read
    if (model.beneficiary) await insertBeneficiary(tx, { ...model.beneficiary, postId: post.id });
    if (state === 'open') await atEachDate(tx, ctx, post);
    else await layOnDesk(tx, post, begins, ctx.now);
  }
};

/** Writes the dates of one series up to 14 days ahead but those its author skips; answers how many. Another who does the same at once leaves it be. */
export const makeDates = async (
  tx: Transaction,
  ctx: Context<unknown>,
  due: DueSeries,
  atEachDate: AtEachDate,
): Promise<number> => {
  const model = await findSeriesModel(tx, due.id);
  if (!model) return 0;
  const ahead = new Date(ctx.now.getTime() + seriesAheadMs);
  const all = seriesDates({ from: due.firstFrom, to: due.firstTo }, due.every, timeZoneOfCommune(model.post.commune), {
    after: due.madeUntil,
    until: due.until,
    ahead,
  });
  const last = all.at(-1);
  if (!last || !(await claimSeriesDates(tx, due.id, due.madeUntil, last.from))) return 0;
  const skipped = await listSkips(tx, due.id);
  const dates = all.filter(({ from }) => !skipped.has(from.getTime()));
  await writeDates(tx, ctx, { due, model, dates }, atEachDate);
  return dates.length;
};

/** Writes the dates of every living series up to 14 days ahead, each like the latest one, and answers how many posts were made. Run twice at once, each date is made once. */
export const makeSeriesPosts = async (
  ctx: Context<unknown>,
  atEachDate: AtEachDate = async () => undefined,
): Promise<number> => {
  const ahead = new Date(ctx.now.getTime() + seriesAheadMs);
  let made = 0;
  let after = beforeAll;
  for (let n = 0; n < batchesMax; n++) {
    const due = await listDueSeries(ctx.db, ahead, after, batch);
    for (const one of due) made += await mutate(ctx, (tx) => makeDates(tx, ctx, one, atEachDate));
    after = due.at(-1)?.id ?? after;
    if (due.length < batch) break;
  }
  return made;
};
