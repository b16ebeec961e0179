import type { QuickAnswer } from '@palier/domain/messaging';
import { m } from '@palier/messages';

/** The quick answers in the reader's own language. */
export const quickWords = {
  coming: m.messaging_quick_coming,
  'ten-minutes': m.messaging_quick_ten_minutes,
  done: m.messaging_quick_done,
} satisfies Record<QuickAnswer, () => string>;

/** Names as one says them together. */
export const namesOf = (people: readonly { displayName: string }[]): string =>
  people.map(({ displayName }) => displayName).join(', ');
