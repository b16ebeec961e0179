import { allowed, refused, type Verdict } from '../errors.ts';
import type { FavourState } from '../favours/schemas.ts';
import type { PostKind } from '../posts/schemas.ts';

const hourMs = 3_600_000;

/** How long one may still write after a favour's end, in ms: 14 days. */
export const talkAfterMs = 14 * 24 * hourMs;

/** How long a shared door stays shown after a favour was done, in ms: 24 h (privacy.md, Places). */
export const doorAfterMs = 24 * hourMs;

/** Whether a post's helpers talk together: several are needed for a request. Whoever takes an offer talks with its author alone. */
export const isGroupTalk = (post: { kind: PostKind; helpersNeeded: number }): boolean =>
  post.kind === 'request' && post.helpersNeeded > 1;

/** What a conversation asks of a favour: its state, and when it ended; null while it goes on, and for one that never was more than a standby. */
export type TalkedFavour = { state: FavourState; endedAt: Date | null };

/** Whether a favour opened a conversation: it is accepted, or was. */
export const hasOpenedTalk = ({ state, endedAt }: TalkedFavour): boolean => state === 'accepted' || endedAt !== null;

/** Whether a favour makes its side one of a group that goes on talking. */
export const isOfGroup = ({ state }: TalkedFavour): boolean => state === 'accepted' || state === 'done';

/** When the conversation of these favours closes: 14 days after the last of them ended; null while one goes on. */
export const closesAt = (favours: readonly TalkedFavour[]): Date | null => {
  if (favours.some(({ state }) => state === 'accepted')) return null;
  const ends = favours.flatMap(({ endedAt }) => (endedAt ? [endedAt.getTime()] : []));
  return new Date(Math.max(0, ...ends) + talkAfterMs);
};

/** Whether one may write: they are still a side, and it is not closed. Code: `conversation.closed`. */
export const canWrite = (talk: { isStillSide: boolean; closesAt: Date | null }, now: Date): Verdict =>
  talk.isStillSide && (talk.closesAt === null || talk.closesAt > now) ? allowed : refused('conversation.closed');

/** Whether a door given for a favour may be seen now: while it is accepted, and 24 h after it was done. */
export const isDoorShown = ({ state, endedAt }: TalkedFavour, now: Date): boolean =>
  state === 'accepted' || (state === 'done' && endedAt !== null && endedAt.getTime() + doorAfterMs > now.getTime());

/** How fast one may write (reliability.md A6): ten at once, then one every five seconds; in ms, and how far back one has to look to know. */
export const messagePace = { burst: 10, everyMs: 5_000, lookedBackMs: 600_000 } as const;

/** How long one has to wait, in ms, before writing again; 0 when one may now. `sent` are the instants of one's own messages, the oldest first; one that a call beside this one wrote a moment later counts as of now. */
export const paceWaitMs = (sent: readonly Date[], now: Date): number => {
  const { burst, everyMs } = messagePace;
  const full = sent.reduce((until, at) => Math.max(until, Math.min(at.getTime(), now.getTime())) + everyMs, 0);
  return Math.max(0, full - now.getTime() - (burst - 1) * everyMs);
};
