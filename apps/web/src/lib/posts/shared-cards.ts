import type { FeedCard } from './feed-list.ts';

/** What a reader may do about a post. */
export type Gesture = 'accept' | 'own' | 'read';

/** A page's posts whose text and drawings are made already, once for all who read them; in the browser a list like any other. */
export class SharedCards extends Array<FeedCard> {
  /** What stands for them in the page's data until their text takes its place; empty when they are to be written there one by one. */
  mark = '';
  /** The mark of a card as `FeedPost` draws it for this gesture; null when it is to be drawn here and now. */
  draw: (post: FeedCard, gesture: Gesture) => string | null = () => null;
}
