import { type CaseCard, caseClock, signalsOf } from '@palier/domain/moderation';
import type { z } from 'zod';
import type { CaseRow, Reported } from './cases.queries.ts';

const excerptMax = 140;

/** What a case is called in the queue: a post's title, a message's first words, a neighbour's name. */
const titleOf = (row: CaseRow): string => row.post?.title ?? row.about.displayName;

/** A case as the queue shows it; `reports` are those of this case. */
export const cardOfCase = (row: CaseRow, reports: readonly Reported[], now: Date): z.infer<typeof CaseCard> => {
  const { case: examined, about, post } = row;
  const { id, kind, state, subject, holds, escalatedAt, createdAt } = examined;
  const waitsMs = now.getTime() - (state === 'appealed' ? examined.updatedAt : createdAt).getTime();
  return {
    id,
    kind,
    state,
    subject,
    title: titleOf(row).slice(0, excerptMax),
    post: post && { id: post.id, kind: post.kind, category: post.category, state: post.state },
    about: { id: about.id, displayName: about.displayName, trust: about.trust },
    residence: row.residence,
    holds,
    reasons: [...new Set(reports.map(({ reason }) => reason))],
    signals: reports.length > 0 ? signalsOf(reports) : null,
    isEscalated: escalatedAt !== null,
    isStarving: (state === 'open' || state === 'appealed') && waitsMs >= caseClock.releaseMs,
    heldBy: row.heldBy,
    createdAt: createdAt.toISOString(),
  };
};
