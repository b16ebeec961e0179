import type { AuditAction } from '@palier/domain/moderation';
import type { SignedInContext } from '../context.ts';
import type { AuditEntry } from '../record.ts';

/** The log's line of something that an account does to how it is told. */
export const pushEntry = ({ actor, now }: SignedInContext, action: AuditAction): AuditEntry => ({
  at: now,
  actorId: actor.accountId,
  actorRole: actor.resident ? 'resident' : 'visitor',
  action,
  subject: 'account',
  subjectId: actor.accountId,
});
