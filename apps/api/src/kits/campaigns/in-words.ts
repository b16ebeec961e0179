import type { Locale } from '@palier/domain/accounts';
import { type Campaign, stageOf } from '@palier/domain/kits';
import { findKit } from '@palier/kits';
import type { CampaignRow } from './campaigns.queries.ts';

/** A campaign as it is shown, in the reader's language. */
export const inWords = (row: CampaignRow, today: string, locale: Locale): Campaign => ({
  id: row.id,
  kit: row.kit,
  title: findKit(row.kit, locale).title,
  extent: row.commune === null ? 'territory' : 'commune',
  firstDay: row.firstDay,
  lastDay: row.lastDay,
  stage: stageOf(row, today),
});
