import type { Database, Transaction } from '@palier/db';
import { canWrite, closesAt, isOfGroup } from '@palier/domain/messaging';
import type { ResidentContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { reader } from '../mutate.ts';
import { listBlockedOf } from '../posts/index.ts';
import { listTalks, type Person, type Talk, type TalkFavour } from './conversation.queries.ts';

/** How a resident stands in a conversation of theirs: only `standingOf` makes one, so that whoever holds it is a side. */
export type Standing = Talk & {
  /** Those of the favours that are between me and somebody else of the conversation. */
  mine: TalkFavour[];
  /** Whom I talk with now, blocks taken away. */
  others: Person[];
  blocked: ReadonlySet<string>;
  isStillSide: boolean;
  /** What was sent after this is not for me: when I left a group. */
  readsUntil: Date | null;
  closesAt: Date | null;
};

const uniquePeople = (people: readonly Person[]): Person[] => [...new Map(people.map((one) => [one.id, one])).values()];

/** Whose conversation this is: everyone who may be told of what is new in it. */
export const sidesOf = (talk: Talk): Person[] =>
  uniquePeople(
    talk.favours
      .filter((favour) => !talk.isGroup || isOfGroup(favour))
      .flatMap(({ author, answerer }) => [author, answerer]),
  );

/** A conversation as this resident stands in it; null when they are no side, or a block stands between its two. */
export const standingOf = (talk: Talk, residentId: string, blocked: ReadonlySet<string>): Standing | null => {
  const { post, isGroup } = talk;
  const isAuthor = post.authorId === residentId;
  const mine = talk.favours.filter(({ author, answerer }) => author.id === residentId || answerer.id === residentId);
  if (mine.length === 0 || (!isAuthor && blocked.has(post.authorId))) return null;
  const living = isAuthor || !isGroup || mine.some(isOfGroup);
  const others = sidesOf(talk).filter(({ id }) => id !== residentId && !blocked.has(id));
  if (!isGroup && others.length === 0) return null;
  const ends = mine.flatMap(({ endedAt }) => (endedAt ? [endedAt.getTime()] : []));
  return {
    ...talk,
    mine,
    others,
    blocked,
    isStillSide: living,
    readsUntil: living ? null : new Date(Math.max(...ends)),
    closesAt: closesAt(talk.favours),
  };
};

/** The conversation of this id if it is mine to know, read in the call's own transaction. Code: `resource.absent`. */
export const findStanding = async (
  ctx: ResidentContext,
  conversationId: string,
  db: Database | Transaction = reader(ctx),
): Promise<Standing> => {
  const { residentId } = ctx.actor;
  const blocked = await listBlockedOf(db, residentId);
  const talk = orAbsent((await listTalks(db, [conversationId])).get(conversationId));
  return orAbsent(standingOf(talk, residentId, blocked));
};

/** Who of a conversation sees that this resident writes in it, as things are at `now`: nobody behind a block, and nobody once it is closed to the writer. */
export const listSeersOf = async (
  db: Database | Transaction,
  { conversationId, residentId }: { conversationId: string; residentId: string },
  now: Date,
): Promise<string[]> => {
  const blocked = await listBlockedOf(db, residentId);
  const talk = (await listTalks(db, [conversationId])).get(conversationId);
  const standing = talk ? standingOf(talk, residentId, blocked) : null;
  return standing && canWrite(standing, now).ok ? standing.others.map(({ id }) => id) : [];
};
