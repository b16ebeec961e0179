import type { Campaign, CampaignStage } from '@palier/domain/kits';
import { m } from '@palier/messages';
import { getLocale } from '@palier/messages/runtime';
import { withFirst } from '#lib/ui/first-of-month.ts';

export const stageWords = {
  coming: m.campaigns_coming,
  running: m.campaigns_running,
  over: m.campaigns_over,
} satisfies Record<CampaignStage, () => string>;

/** A day as a sentence says it: `9 août`, with its year when that is not this one. */
export const dayInWords = (day: string): string => {
  const isThisYear = day.startsWith(String(new Date().getUTCFullYear()));
  const format = new Intl.DateTimeFormat(getLocale() === 'en' ? 'en-GB' : 'fr-FR', {
    ...{ day: 'numeric', month: 'long', timeZone: 'UTC' },
    ...(!isThisYear && { year: 'numeric' }),
  });
  return withFirst(format.format(new Date(`${day}T12:00:00Z`)), getLocale());
};

/** From when to when a campaign runs. */
export const datesInWords = ({ firstDay, lastDay }: Pick<Campaign, 'firstDay' | 'lastDay'>): string =>
  m.campaigns_dates({ from: dayInWords(firstDay), until: dayInWords(lastDay) });
