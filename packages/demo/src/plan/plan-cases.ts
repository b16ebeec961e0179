import type { Planning } from './input.ts';
import type { PlannedPerson } from './plan-people.ts';
import type { PlannedCase, PlannedPost } from './rows.ts';

/** Younger than a day, so that the desk's clock neither recalls nor hands on what a first visitor is to find there. */
const waitsAtMostMs = 20 * 3_600_000;

/** What waits on the desks: every held post, and everybody who is new. */
export const planCases = (
  { startAt, chance }: Planning,
  posts: readonly PlannedPost[],
  people: Iterable<PlannedPerson>,
): PlannedCase[] => {
  const since = (at: Date): Date => new Date(Math.max(at.getTime(), startAt.getTime() - waitsAtMostMs));
  const opened = (row: Omit<PlannedCase, 'id' | 'createdAt' | 'updatedAt'>, at: Date): PlannedCase => {
    const createdAt = since(at);
    return { id: chance.id(createdAt), ...row, createdAt, updatedAt: createdAt };
  };
  const held = posts
    .filter(({ state }) => state === 'held')
    .map(({ id, authorId, residenceId, commune, createdAt }) =>
      opened(
        {
          ...{ kind: 'held', subject: 'post', subjectId: id, postId: id },
          ...{ aboutId: authorId, residenceId, commune, holds: ['mode'] },
        },
        createdAt,
      ),
    );
  const arrivals = [...people]
    .filter(({ resident }) => resident.trust === 'new')
    .map(({ resident, commune }) =>
      opened(
        {
          ...{ kind: 'arrival', subject: 'resident', subjectId: resident.id, postId: null },
          ...{ aboutId: resident.id, residenceId: resident.residenceId, commune, holds: [] },
        },
        resident.joinedAt,
      ),
    );
  return [...held, ...arrivals];
};
