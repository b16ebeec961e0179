import type { ConversationView } from '@palier/domain/messaging';
import type { ResidentContext } from '../context.ts';
import type { TalkLine } from './list.queries.ts';
import { shownText } from './message-view.ts';
import type { Standing } from './standing.ts';

/** A conversation as a line of the list: the last words as this resident may read them; a residence is named while a favour is accepted, and once it is done. */
export const conversationView = (
  { residentId }: ResidentContext['actor'],
  talk: Standing,
  line: Pick<TalkLine, 'last' | 'unread'>,
  { now, locale }: Pick<ResidentContext, 'now' | 'locale'>,
): ConversationView => {
  const { id, post, isGroup, mine, others, closesAt, isStillSide } = talk;
  const isOpen = isStillSide && (closesAt === null || closesAt > now);
  const near = new Set(
    mine
      .filter(({ state }) => state === 'accepted' || state === 'done')
      .flatMap(({ author, answerer }) => [author.id, answerer.id]),
  );
  const { last, unread } = line;
  const isMine = last?.authorId === residentId;
  return {
    id,
    postId: post.id,
    post: { kind: post.kind, category: post.category, title: post.title, state: post.state },
    isGroup,
    with: others.map((one) => ({
      id: one.id,
      displayName: one.displayName,
      residence: near.has(one.id) ? one.residence : null,
      helpedBy: one.helpedBy,
    })),
    side: mine.some(({ helperId }) => helperId === residentId) ? 'helper' : 'beneficiary',
    state: isOpen ? 'open' : 'closed',
    closesAt: closesAt?.toISOString() ?? null,
    last: last && {
      text: shownText(last.text, last.linkHeld && !isMine, locale),
      quick: last.quick,
      photo: last.hasPhoto,
      mine: isMine,
      authorName: last.authorName,
      at: last.at.toISOString(),
    },
    unread,
    myTurn: isOpen && last !== null && !isMine,
  };
};
