import { timeZoneOfCommune } from '@palier/domain/places';
import {
  type CreatePost,
  defaultAudience,
  expiresAt,
  mayHangInHall,
  seriesAheadMs,
  seriesDates,
  urgentMs,
} from '@palier/domain/posts';
import type { ResidentContext } from '../context.ts';
import { newId } from '../ids.ts';
import { actedBy } from '../record.ts';
import { postEvent } from './post-events.ts';
import { type NewPost, postStatement } from './posts.queries.ts';

/** When help is wanted, if it was said. */
export type PostDates = { from: Date; to: Date } | null;

/** The windows to write posts for now: one, or those of a series up to 14 days ahead and the first in any case. */
export const windowsOf = (input: CreatePost, commune: string, now: Date): PostDates[] => {
  if (!input.window) return [null];
  const first = { from: new Date(input.window.from), to: new Date(input.window.to) };
  if (!input.repeats) return [first];
  const ahead = new Date(Math.max(now.getTime() + seriesAheadMs, first.from.getTime()));
  return seriesDates(first, input.repeats.every, timeZoneOfCommune(commune), {
    after: null,
    until: new Date(input.repeats.until),
    ahead,
  });
};

/** What every date of a post has in common: its words as typed, its place from the author's residence and nowhere else. */
export const draftOf = (ctx: ResidentContext, input: CreatePost) => {
  const { residentId, residenceId, stairId, commune, cell } = ctx.actor;
  const { kind, category, title, details = '', helpersNeeded = 1 } = input;
  const urgentUntil = input.urgent ? new Date(ctx.now.getTime() + urgentMs) : null;
  const hall = Boolean(input.hall) && mayHangInHall(category);
  const audience = input.audience ?? defaultAudience(category);
  return {
    authorId: residentId,
    residenceId,
    stairId,
    commune,
    cell,
    kind,
    category,
    title,
    details,
    audience,
    helpersNeeded,
    urgentUntil,
    hall,
    onBehalf: Boolean(input.onBehalfOf),
    createdAt: ctx.now,
    updatedAt: ctx.now,
  };
};

/** For whom a date of a post is, and how and when they agreed. */
export const beneficiaryOf = (postId: string, given: NonNullable<CreatePost['onBehalfOf']>, now: Date) => {
  const { name, consent, agreedAt } = given;
  return { postId, name, consent, givenAt: agreedAt === undefined ? now : new Date(agreedAt) };
};

export type Draft = ReturnType<typeof draftOf>;

/** One date of a post, to be written in this state. */
export const datedRow = (draft: Draft, window: PostDates, seriesId: string | null, state: 'open' | 'held'): NewPost => {
  const ends = expiresAt({ kind: draft.kind, window: window && { to: window.to.toISOString() } }, draft.createdAt);
  const dates = { windowFrom: window?.from ?? null, windowTo: window?.to ?? null, expiresAt: ends };
  return { ...draft, ...dates, id: newId(), seriesId, state };
};

/** Writes one date, with its audit row and its word to the stream. */
export const statementOf = (ctx: ResidentContext, row: NewPost) => {
  const { residenceId, commune } = ctx.actor;
  const entry = { ...actedBy(ctx), action: 'post.create', subject: 'post' } as const;
  const place = { subjectId: row.id, residenceId, commune, text: `${row.title}\n${row.details}` };
  return postStatement(row, { ...entry, ...place }, postEvent(row, row.state === 'open' ? 'opened' : 'held'), ctx.now);
};
