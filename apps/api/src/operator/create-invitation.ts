import type { InvitationKind } from '@palier/domain/accounts';
import { insertInvitation, prepareInvitation } from '../accounts/index.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import type { OperatorContext } from './context.ts';
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
  const { row, made } = await prepareInvitation(ctx, { residenceId: residence.id, kind: input.kind });
  await mutate(ctx, async (tx) => {
    await insertInvitation(tx, row);
    await record(tx, {
      at: ctx.now,
      actorId: null,
      actorRole: 'operator',
      action: 'invitation.create',
      subject: 'invitation',
      subjectId: row.id,
      reason: input.kind,
      residenceId: residence.id,
      commune: residence.commune,
    });
  });
  return { code: made.code, link: made.link, expiresAt: row.expiresAt };
};
