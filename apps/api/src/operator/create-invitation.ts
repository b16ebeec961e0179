import { type InvitationKind, invitationLifeMs, invitationUses } from '@palier/domain/accounts';
import { insertInvitation } from '../accounts/index.ts';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import type { OperatorContext } from './context.ts';
import { newInvitationCode } from './new-code.ts';
import { findResidence } from './operator.queries.ts';
import { orRefuse } from './refusal.ts';

/** Makes a code that opens a residence: a poster for many, a slip or a letter for one. Resolves with the code, which is nowhere else, and its link. */
export const createInvitation = async (
  ctx: OperatorContext,
  input: { residenceId: string; kind: InvitationKind },
): Promise<{ code: string; link: string; expiresAt: Date }> => {
  const residence = orRefuse(
    await findResidence(ctx.db, input.residenceId),
    `there is no residence ${input.residenceId}`,
  );
  const { code, lookup, secret } = newInvitationCode();
  const secretHash = await ctx.hashing.hash(secret);
  const id = newId();
  const expiresAt = new Date(ctx.now.getTime() + invitationLifeMs[input.kind]);
  await mutate(ctx, async (tx) => {
    await insertInvitation(tx, {
      id,
      lookup,
      secretHash,
      kind: input.kind,
      residenceId: residence.id,
      usesLeft: invitationUses[input.kind],
      expiresAt,
    });
    await record(tx, {
      at: ctx.now,
      actorId: null,
      actorRole: 'operator',
      action: 'invitation.create',
      subject: 'invitation',
      subjectId: id,
      reason: input.kind,
      residenceId: residence.id,
      commune: residence.commune,
    });
  });
  return { code, link: `${ctx.env.origin.origin}/entrer?code=${code}`, expiresAt };
};
