import { isPublishable, knownMax, type Tally, widthMin } from './cells.ts';

/** One category of requests: all of them, those nobody answered, those somebody did; and whether the first is published. */
export type AnswerCell = {
  readonly asked: Tally;
  readonly unanswered: Tally;
  readonly answered: Tally;
  readonly isShown: boolean;
};

type Answer = 'unanswered' | 'answered';

const sumOf = (cells: readonly AnswerCell[], what: Answer): number =>
  cells.reduce((sum, cell) => sum + cell[what].count, 0);

const opposite = { unanswered: 'answered', answered: 'unanswered' } as const satisfies Record<Answer, Answer>;

/**
 * How far apart the possible values of a hidden count of answered or unanswered requests surely lie, when every published figure keeps its value, for whoever knows three of them.
 * Each way to change it is shown by an exchange with other hidden categories: between two whose requests are hidden too it is free;
 * else what one gains in unanswered requests it, or one whose requests are hidden too, loses in answered ones, and the other the reverse.
 */
const widthOf = (cell: AnswerCell, others: readonly AnswerCell[], what: Answer): number => {
  const free = cell.isShown ? [] : others.filter((other) => !other.isShown);
  const bound = others.filter((other) => !free.includes(other));
  const { count } = cell[what];
  const given = cell[opposite[what]].count + sumOf(free, opposite[what]);
  const most = count + sumOf(free, what) + Math.min(sumOf(bound, what), given);
  const least = free.length > 0 ? 0 : count - Math.min(count, sumOf(others, opposite[what]));
  return most - Math.max(least, knownMax);
};

/**
 * Which categories of unanswered requests may be published, `true` at the index of each; null when not even their total may, nor the share answered.
 * A category is published only if those answered in it could be too, since its requests less these are those.
 */
export const publishableUnanswered = (cells: readonly AnswerCell[]): readonly boolean[] | null => {
  const isShown = cells.map(
    (cell) => cell.isShown && isPublishable(cell.unanswered, 'events') && isPublishable(cell.answered, 'events'),
  );
  for (;;) {
    const hiddenCells = cells.filter((_, n) => !isShown[n]);
    const isSafe = hiddenCells.every((cell) => {
      const others = hiddenCells.filter((other) => other !== cell);
      return widthOf(cell, others, 'unanswered') >= widthMin && widthOf(cell, others, 'answered') >= widthMin;
    });
    if (isSafe) return isShown;
    let smallest = -1;
    for (const [n, { unanswered }] of cells.entries())
      if (isShown[n] && (smallest < 0 || unanswered.count < (cells[smallest]?.unanswered.count ?? 0))) smallest = n;
    if (smallest < 0) return null;
    isShown[smallest] = false;
  }
};
