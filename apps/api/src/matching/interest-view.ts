import type { Interest } from '@palier/domain/matching';
import type { AuditAction } from '@palier/domain/moderation';
import type { ResidentContext } from '../context.ts';
import type { InterestRow } from './interests.queries.ts';

export const interestView = ({ id, category, withinM, pausedAt, createdAt }: InterestRow): Interest => ({
  id,
  category,
  withinM,
  paused: pausedAt !== null,
  createdAt: createdAt.toISOString(),
});

/** The audit row of what a resident does with an interest of theirs. */
export const interestEntry = ({ now, actor }: ResidentContext, action: AuditAction, subjectId: string) =>
  ({
    at: now,
    actorId: actor.accountId,
    actorRole: 'resident',
    action,
    subject: 'interest',
    subjectId,
    residenceId: actor.residenceId,
    commune: actor.commune,
  }) as const;
