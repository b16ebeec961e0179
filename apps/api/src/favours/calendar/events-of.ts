import type { Locale } from '@palier/domain/accounts';
import type { CalendarEvent } from '@palier/domain/favours';
import { sideOfAnswer } from '@palier/domain/favours';
import { timeZoneOfCommune } from '@palier/domain/places';
import { upcomingDates } from '@palier/domain/posts';
import { m } from '@palier/messages';
import { categoryInWords } from '@palier/messages/categories';
import type { Context } from '../../context.ts';
import { findSeriesModel, listSkips } from '../../posts/index.ts';
import { listAnsweredDates, listLivingSeries, listOwnDates } from './calendar.queries.ts';

const dayMs = 86_400_000;
/** How long what is past stays in a calendar. */
const pastMs = 60 * dayMs;

type Dated = Awaited<ReturnType<typeof listOwnDates>>[number]['post'];
type Whose = { residentId: string; locale: Locale };
const over: readonly string[] = ['withdrawn', 'expired', 'removed'];

/** One date of a series is the same event before and after it is made. */
const uidOf = (seriesId: string | null, from: Date, id: string): string =>
  seriesId === null ? `${id}@palier` : `${seriesId}-${from.getTime()}@palier`;

const summaryOf = (
  side: 'helper' | 'beneficiary' | 'waiting',
  post: Pick<Dated, 'category'>,
  locale: Locale,
): string => {
  const what = categoryInWords(post.category, locale);
  const said = { helper: m.calendar_helper, beneficiary: m.calendar_beneficiary, waiting: m.calendar_waiting }[side];
  return said({ what }, { locale });
};

const ownEvents = async (ctx: Context<unknown>, { residentId, locale }: Whose): Promise<CalendarEvent[]> => {
  const rows = await listOwnDates(ctx.db, residentId, new Date(ctx.now.getTime() - pastMs));
  return rows.map(({ post, taken, updatedAt }) => {
    const side = taken === 0 ? 'waiting' : post.kind === 'request' ? 'beneficiary' : 'helper';
    return {
      uid: uidOf(post.seriesId, post.from, post.id),
      from: post.from,
      to: post.to,
      updatedAt,
      summary: summaryOf(side, post, locale),
      url: `${ctx.env.origin.origin}/annonces/${post.id}`,
      isCancelled: over.includes(post.state),
    };
  });
};

const answeredEvents = async (ctx: Context<unknown>, { residentId, locale }: Whose): Promise<CalendarEvent[]> => {
  const rows = await listAnsweredDates(ctx.db, residentId, new Date(ctx.now.getTime() - pastMs));
  return rows.map(({ id, state, post, updatedAt }) => ({
    uid: `${id}@palier`,
    from: post.from,
    to: post.to,
    updatedAt,
    summary: summaryOf(sideOfAnswer(post.kind), post, locale),
    url: `${ctx.env.origin.origin}/annonces/${post.id}`,
    isCancelled: state !== 'accepted' && state !== 'done',
  }));
};

/** The dates of one's own series that are not made yet; those that are skipped say so. */
const plannedEvents = async (ctx: Context<unknown>, { residentId, locale }: Whose): Promise<CalendarEvent[]> => {
  const events: CalendarEvent[] = [];
  for (const row of await listLivingSeries(ctx.db, residentId, ctx.now)) {
    const model = await findSeriesModel(ctx.db, row.id);
    if (!model) continue;
    const skips = await listSkips(ctx.db, row.id);
    const first = { from: row.firstFrom, to: row.firstTo };
    const bounds = { until: row.until, now: ctx.now };
    for (const { from, to } of upcomingDates(first, row.every, timeZoneOfCommune(model.post.commune), bounds))
      events.push({
        uid: uidOf(row.id, from, row.id),
        from,
        to,
        updatedAt: row.createdAt,
        summary: summaryOf('waiting', model.post, locale),
        url: `${ctx.env.origin.origin}/coups-de-main/series/${row.id}`,
        isCancelled: skips.has(from.getTime()),
      });
  }
  return events;
};

/**
 * What a resident's calendar holds: the dated favours they said yes to, their own dated posts, and the dates of their series to come; of each the kind of
 * help and a link, never a name, a text or a place. What was called off says so for sixty days.
 */
export const eventsOf = async (ctx: Context<unknown>, whose: Whose): Promise<CalendarEvent[]> => {
  const own = await ownEvents(ctx, whose);
  const byUid = new Map((await plannedEvents(ctx, whose)).map((event) => [event.uid, event]));
  for (const event of own) byUid.set(event.uid, event);
  return [...byUid.values(), ...(await answeredEvents(ctx, whose))];
};
