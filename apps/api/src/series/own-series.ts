import type { Transaction } from '@palier/db';
import type { AuditAction } from '@palier/domain/moderation';
import type { SeriesView } from '@palier/domain/posts';
import type { ResidentContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { claimEnd, claimRelease, favourEvent, postEvent } from '../posts/index.ts';
import { type OutboxEvent, record } from '../record.ts';
import { findOwnSight, readSeries } from './read-series.ts';
import { type LivingDate, lockLivingDates, lockSeries, type SeriesRow } from './series.queries.ts';

type Held = { series: SeriesRow; dates: LivingDate[] };
type Act = {
  action: AuditAction;
  reason?: string;
  perform: (tx: Transaction, held: Held) => Promise<OutboxEvent[]>;
};

/** One act of its author on a series that lasts: its coming posts locked, then the series, the change, one row in the log. Codes: `resource.absent`, `series.ended`, and the act's own. */
export const actOnSeries = async (
  ctx: ResidentContext,
  seriesId: string,
  { action, reason, perform }: Act,
): Promise<SeriesView> => {
  const { isMine } = await findOwnSight(ctx, seriesId);
  if (!isMine) throw new AppError('role.required');
  const { accountId, residenceId, commune } = ctx.actor;
  await mutate(ctx, async (tx) => {
    const dates = await lockLivingDates(tx, seriesId, ctx.now);
    const series = orAbsent(await lockSeries(tx, seriesId));
    if (series.endedAt) throw new AppError('series.ended');
    const events = await perform(tx, { series, dates });
    const entry = { at: ctx.now, actorId: accountId, actorRole: 'resident', action, subject: 'series' } as const;
    await record(tx, { ...entry, subjectId: seriesId, residenceId, commune, ...(reason && { reason }) }, events);
  });
  return readSeries(ctx, { seriesId });
};

/** Takes locked dates back, with a reason: whoever had said yes is released; what the stream is told. */
export const withdrawDates = async (
  tx: Transaction,
  dates: readonly LivingDate[],
  reason: string,
  now: Date,
): Promise<OutboxEvent[]> => {
  const events: OutboxEvent[] = [];
  for (const post of dates) {
    if (!(await claimEnd(tx, post.id, post.state, { state: 'withdrawn', reason }, now))) continue;
    const released = await claimRelease(tx, post.id, now);
    events.push(postEvent(post, 'closed'), ...released.map((favour) => favourEvent(favour, post.id, 'released')));
  }
  return events;
};
