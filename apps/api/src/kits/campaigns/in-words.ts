import { type Campaign, stageOf } from '@palier/domain/kits';
import { findKit } from '@palier/kits';
import type { Context } from '../../context.ts';
import type { CampaignRow } from './campaigns.queries.ts';
import { todayIn } from './today-in.ts';

/** The last day it ran: the day it was closed there, if that came first. */
const lastDayOf = ({ firstDay, lastDay, closedAt }: CampaignRow, insee: string): string => {
  const closed = closedAt ? todayIn(insee, closedAt) : lastDay;
  return closed < firstDay ? firstDay : closed < lastDay ? closed : lastDay;
};

/** A campaign as it is shown, in the reader's language and by the calendar of a commune where it runs. */
export const inWords = (
  row: CampaignRow,
  insee: string,
  { now, locale }: Pick<Context, 'now' | 'locale'>,
): Campaign => ({
  id: row.id,
  kit: row.kit,
  title: findKit(row.kit, locale).title,
  extent: row.commune === null ? 'territory' : 'commune',
  firstDay: row.firstDay,
  lastDay: lastDayOf(row, insee),
  stage: stageOf(row, todayIn(insee, now)),
});
