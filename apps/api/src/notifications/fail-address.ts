import { inTransaction, schema } from '@palier/db';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { record } from '../record.ts';
import { keepChoices } from './choices.queries.ts';
import { notify } from './notify.ts';

const { accounts } = schema;

type Why = 'refused' | 'bounced' | 'complaint';

/**
 * Stops writing to an address that takes no mail, and says so on screen; confirming it again resumes. A complaint stops the day's e-mail alone. Answers whether that was news.
 */
export const failAddress = (ctx: Pick<Deps, 'db' | 'clock'>, accountId: string, why: Why): Promise<boolean> =>
  inTransaction(ctx.db, async (tx) => {
    const at = ctx.clock();
    const entry = { at, actorId: null, actorRole: 'system', subject: 'account', subjectId: accountId } as const;
    if (why === 'complaint') {
      const [known] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId));
      if (!known) return false;
      await keepChoices(tx, accountId, { mailHour: null }, at);
    } else {
      const failed = await tx
        .update(accounts)
        .set({ emailConfirmedAt: null, emailFailedAt: at })
        .where(and(eq(accounts.id, accountId), isNotNull(accounts.emailConfirmedAt)))
        .returning({ id: accounts.id });
      if (failed.length === 0) return false;
    }
    await record(tx, { ...entry, action: 'email.fail', reason: why }, [
      { kind: 'rights', change: 'profile', sideA: accountId },
    ]);
    await notify(tx, { ...entry, action: 'email.tell' }, [{ accountId, kind: 'account', turn: 'mail' }]);
    return true;
  });
