import { schema } from '@palier/db';
import { eq } from 'drizzle-orm';
import { accountOfMessage, failAddress } from '../notifications/index.ts';
import type { OperatorContext } from './context.ts';
import { OperatorRefusal } from './refusal.ts';

const { accounts } = schema;

/** The most that is read of a returned mail, in characters. */
const readMax = 1_000_000;

/** What a returned mail says: an abuse report (RFC 5965), a failure for good (RFC 3464, class 5), or neither. */
const verdictOf = (text: string): 'complaint' | 'bounced' | null => {
  if (/^feedback-type:\s*(abuse|fraud|complaint)/im.test(text)) return 'complaint';
  return /^action:\s*failed/im.test(text) && /^status:\s*5\./im.test(text) ? 'bounced' : null;
};

/**
 * Takes a mail that came back: its own Message-ID, which is ours alone to make, names the account; without it, the address given does. Answers what was done, `nothing` when the report is
 * no lasting failure or was known. Refuses what names no account.
 */
export const bounceMail = async (
  ctx: OperatorContext,
  input: { address?: string | undefined; report: string },
): Promise<'bounced' | 'complaint' | 'nothing'> => {
  const report = input.report.slice(0, readMax);
  const why = report.trim() === '' ? 'bounced' : verdictOf(report);
  const email = input.address?.trim().toLowerCase();
  const [known] = email ? await ctx.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email)) : [];
  const accountId = accountOfMessage(ctx.keys.mail, report) ?? known?.id;
  if (!accountId)
    throw new OperatorRefusal('no account: the report holds no mail of ours, and the address is nobody’s');
  return why !== null && (await failAddress(ctx, accountId, why)) ? why : 'nothing';
};
