import type { Transport } from '@sveltejs/kit/hooks';
import { SharedCards } from '#lib/posts/shared-cards.ts';

/** Cards travel as a mark, in whose place their text stands when the page leaves (`lib/server/whole-page.ts`). */
export const transport: Transport = {
  cards: {
    encode: (value) => value instanceof SharedCards && value.mark,
    decode: (cards) => cards,
  },
};
