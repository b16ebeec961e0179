import type { Locale } from '@palier/domain/accounts';
import { type MessageView, withoutLinks } from '@palier/domain/messaging';
import { m } from '@palier/messages';
import type { StoredMessage } from './messages.queries.ts';

/** A text as it is shown to somebody else than its author: a held link only once they chose to see it. */
export const shownText = (text: string, isHeld: boolean, locale: Locale): string =>
  isHeld ? withoutLinks(text, m.messaging_link_withheld({}, { locale })) : text;

/** A message as this resident reads it; `shown` is the one whose held link they chose to see. */
export const messageView = (
  { authorId, authorName, text, createdAt, ...message }: StoredMessage,
  { residentId, locale, shown }: { residentId: string; locale: Locale; shown?: string | undefined },
): MessageView => {
  const isMine = authorId === residentId;
  const isHeld = message.linkHeld && message.id !== shown;
  return {
    ...message,
    author: { id: authorId, displayName: authorName },
    mine: isMine,
    text: shownText(text, isHeld && !isMine, locale),
    linkHeld: isHeld,
    sentAt: createdAt.toISOString(),
  };
};
