import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import type { OperatorContext } from './context.ts';
import { claimRevocation } from './operator.queries.ts';
import { orRefuse } from './refusal.ts';

/** Ends an invitation by the first four characters of its code; whoever entered by it stays. */
export const revokeInvitation = async (ctx: OperatorContext, input: { lookup: string }): Promise<void> => {
  const lookup = input.lookup.trim().toUpperCase().slice(0, 4);
  await mutate(ctx, async (tx) => {
    const { id, residenceId } = orRefuse(
      await claimRevocation(tx, lookup, ctx.now),
      `no invitation in force begins with ${lookup}`,
    );
    await record(tx, {
      at: ctx.now,
      actorId: null,
      actorRole: 'operator',
      action: 'invitation.revoke',
      subject: 'invitation',
      subjectId: id,
      residenceId,
    });
  });
};
