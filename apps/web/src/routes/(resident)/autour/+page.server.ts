import type { TownMessage } from '@palier/domain/insights';
import type { Campaign } from '@palier/domain/kits';
import { isSensitive } from '@palier/domain/posts';
import { m } from '@palier/messages';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { dayInWords } from '#lib/kits/campaign-words.ts';
import { queryOf, readFilters } from '#lib/posts/filters.ts';
import { categories } from '#lib/posts/words.ts';
import type { PageServerLoad } from './$types';
import { readSharedCards } from './shared-cards.server.ts';

/** What the town writes and proposes today, as lines that the page has only to show: the feed's script stays small. */
const cardsOf = (campaigns: readonly Campaign[], messages: readonly TownMessage[], insee: string) => [
  ...messages.slice(0, 1).map(({ title }) => ({ href: `/mairie/${insee}`, title, text: m.town_card() })),
  ...campaigns.map(({ id, title, lastDay }) => ({
    href: `/campagnes/${id}`,
    title: m.campaigns_card({ title, until: dayInWords(lastDay) }),
    text: m.campaigns_card_text(),
  })),
];

export const load: PageServerLoad = async ({ url, parent, locals, isDataRequest }) => {
  const { resident } = await parent();
  const filters = readFilters(url.searchParams);
  const cursor = url.searchParams.get('cursor');
  const api = apiFor(locals.call);
  const reading = api.readText('/api/posts', {
    ...queryOf(filters),
    cursor,
  });
  // What `me` says is of one's own home, not of the neighbour's for whom one acts.
  const mayRead = locals.acting ? { campaigns: true, townMessages: true } : locals.me?.atHome;
  const list = <T>(path: string) => api.getAll<{ items: T[] }>(path).catch(() => null);
  const proposing = !cursor && mayRead?.campaigns ? list<Campaign>('/api/campaigns') : null;
  const telling = !cursor && mayRead?.townMessages ? list<TownMessage>('/api/town-messages') : null;
  const { text, seq } = await forPage(url, reading);
  const { posts, reasons, next } = readSharedCards(text, isDataRequest ? null : locals.writeLater);
  const [proposed, told] = await Promise.all([proposing, telling]);
  return {
    filters,
    isFiltering: url.searchParams.has('affiner'),
    posts,
    reasons: reasons ?? {},
    next,
    seq,
    isFirstPage: !cursor,
    cards: cardsOf(proposed?.items ?? [], told?.items ?? [], resident.residence.commune),
    /** Where this resident may not be the helper yet. */
    closedTo: resident.trust === 'new' ? categories.filter(isSensitive) : [],
  };
};
