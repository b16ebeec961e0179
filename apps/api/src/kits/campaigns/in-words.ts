import type { Locale } from '@palier/domain/accounts';
import { type Campaign, stageOf } from '@palier/domain/kits';
import { findKit } from '@palier/kits';
import type { CampaignRow } from './campaigns.queries.ts';

/** The last day it ran: the day it was closed, if that came first. */
const lastDayOf = ({ firstDay, lastDay, closedAt }: CampaignRow): string => {
  const closed = closedAt?.toISOString().slice(0, 10) ?? lastDay;
  return closed < firstDay ? firstDay : closed < lastDay ? closed : lastDay;
};

/** A campaign as it is shown, in the reader's language. */
export const inWords = (row: CampaignRow, today: string, locale: Locale): Campaign => ({
  id: row.id,
  kit: row.kit,
  title: findKit(row.kit, locale).title,
  extent: row.commune === null ? 'territory' : 'commune',
  firstDay: row.firstDay,
  lastDay: lastDayOf(row),
  stage: stageOf(row, today),
});
