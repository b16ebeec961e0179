const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How many posts may be written (reliability.md A6): for one person 5 an hour, 10 a day, 3 a day in the author's first week; by one author for everyone three times as many. */
export const postLimits = { perHour: 5, perDay: 10, perDayWhileNew: 3, newMs: 7 * dayMs, forEveryone: 3 } as const;

/** A post already written: when, and for whom (null: its author). */
export type WrittenPost = { at: Date; beneficiary: string | null };

/** In how many seconds a place frees when at most `max` posts may fall in any span of `spanMs`; null when there is one now. */
const waitS = (written: readonly WrittenPost[], max: number, spanMs: number, now: Date): number | null => {
  const within = written.map(({ at }) => at.getTime() + spanMs).filter((end) => end > now.getTime());
  if (within.length < max) return null;
  const frees = within.sort((a, b) => b - a)[max - 1] ?? now.getTime();
  return Math.max(1, Math.ceil((frees - now.getTime()) / 1000));
};

/**
 * In how many seconds (at least 1) one more post may be written for this person, null when it may be now. `written` holds the author's posts of the last
 * day; names are compared without case.
 */
export const postsRetryAfterS = (
  written: readonly WrittenPost[],
  beneficiary: string | null,
  author: { joinedAt: Date },
  now: Date,
): number | null => {
  const perDay =
    now.getTime() - author.joinedAt.getTime() < postLimits.newMs ? postLimits.perDayWhileNew : postLimits.perDay;
  const forThem = written.filter((post) => post.beneficiary?.toLowerCase() === beneficiary?.toLowerCase());
  const waits = [
    waitS(forThem, postLimits.perHour, hourMs, now),
    waitS(forThem, perDay, dayMs, now),
    waitS(written, postLimits.perHour * postLimits.forEveryone, hourMs, now),
    waitS(written, perDay * postLimits.forEveryone, dayMs, now),
  ].filter((wait) => wait !== null);
  return waits.length > 0 ? Math.max(...waits) : null;
};
