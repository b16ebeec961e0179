import { getLocale } from '@palier/messages/runtime';
import { render } from 'svelte/server';
import { type CardText, readCard, splitPage } from '#lib/posts/card-texts.server.ts';
import type { PostPage } from '#lib/posts/feed.svelte.ts';
import type { FeedCard } from '#lib/posts/feed-list.ts';
import { type Gesture, SharedCards } from '#lib/posts/shared-cards.ts';
import { Lately } from '#lib/server/lately.ts';
import FeedPost from './FeedPost.svelte';

type Drawing = { html: Buffer; minute: number };
type Known = CardText & { drawings: Map<string, Drawing> };

/** Everyone of one nearness gets the same bytes of a post (contract.md): its card is read, written and drawn once for all of them. Some 6 kB each. */
const lately = new Lately<Known>(2_000);
const known = new WeakMap<FeedCard, Known>();
const know = (piece: string): Known => {
  const made = { ...readCard(piece), drawings: new Map() };
  known.set(made.card, made);
  return made;
};

const drawingOf = ({ card, drawings }: Known, gesture: Gesture): Buffer => {
  const minute = Math.floor(Date.now() / 60_000);
  const key = `${getLocale()} ${gesture}`;
  const drawn = drawings.get(key);
  // « demain matin » is true for a while only.
  if (drawn && (card.window === null || drawn.minute === minute)) return drawn.html;
  const { body } = render(FeedPost, { props: { post: card, reasons: [], gesture, look: 'plain' } });
  const html = Buffer.from(body.slice('<!--[-->'.length, -'<!--]-->'.length));
  drawings.set(key, { html, minute });
  return html;
};

/** SvelteKit writes a mark between quotation marks: nothing, or else the cards. */
const [open, comma, close] = ['"||[', ',', ']||"'].map((sign) => Buffer.from(sign)) as [Buffer, Buffer, Buffer];

/** A page of the feed from the API's own text; its cards go by `writeLater` where it is given, and are written out where only data is asked for. */
export const readSharedCards = (
  text: string,
  writeLater: App.Locals['writeLater'] | null,
): Omit<PostPage, 'items'> & { posts: SharedCards } => {
  const { pieces, rest } = splitPage(text);
  const all = pieces.map((piece) => lately.get(piece, know));
  const posts = new SharedCards();
  for (const { card } of all) posts.push(card);
  if (writeLater) {
    const texts = all.flatMap((one, index) => (index === 0 ? [one.text] : [comma, one.text]));
    posts.mark = writeLater(Buffer.concat([open, ...texts, close]));
    posts.draw = (post, gesture) => {
      const made = known.get(post);
      return made ? writeLater(drawingOf(made, gesture)) : null;
    };
  }
  return { ...rest, posts };
};
