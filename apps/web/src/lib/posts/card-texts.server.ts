import type { PostCard } from '@palier/domain/posts';
import type { PostPage } from './feed.svelte.ts';
import type { FeedCard } from './feed-list.ts';

/** A card, and the same in UTF-8 as it stands inside a script of the page. */
export type CardText = { card: FeedCard; text: Buffer };

/** A card without what the feed has no use for: all of it is written a second time, for the browser. */
const shownOf = ({ audience, state, createdAt, updatedAt, expiresAt, ...shown }: PostCard): FeedCard => shown;

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

const opening = '{"id":"';

/** The card of a piece that `splitPage` made. */
export const readCard = (piece: string): CardText => {
  const card = Object.freeze(shownOf(JSON.parse(`${opening}${piece}}`) as PostCard));
  return { card, text: Buffer.from(JSON.stringify(card).replaceAll(/[<\u2028\u2029]/g, escaped)) };
};

/**
 * The cards of a page of the feed as the API wrote it, each a piece of its text without its opening and its end, and what the page says besides.
 * Inside a text of JSON no quotation mark stands bare, so that neither sign is met in a neighbour's words; a page written in another order is read and written again.
 */
export const splitPage = (text: string): { pieces: string[]; rest: Omit<PostPage, 'items'> } => {
  const start = `{"items":[${opening}`;
  const end = text.indexOf('}],"next":');
  if (text.startsWith(start) && end > 0)
    return {
      pieces: text.slice(start.length, end).split(`},${opening}`),
      rest: JSON.parse(`{${text.slice(end + '}],'.length)}`),
    };
  const { items, ...rest } = JSON.parse(text) as PostPage;
  return { pieces: items.map((item) => JSON.stringify(item).slice(opening.length, -1)), rest };
};
