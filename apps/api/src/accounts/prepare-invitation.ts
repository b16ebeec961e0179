import { type InvitationKind, invitationLifeMs, invitationUses, type MadeInvitation } from '@palier/domain/accounts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { reader } from '../mutate.ts';
import { qrCodeOf } from '../qr-code.ts';
import type { Hashing } from './hashing.ts';
import { hasLookup } from './invitations.queries.ts';
import { newInvitationCode } from './new-code.ts';

type Wanted = { residenceId: string; kind: InvitationKind; createdBy?: string; invitedBy?: string };

/** How often a look-up id that is taken is drawn again: of a million, a few thousand are. */
const drawsMax = 20;

/** A new invitation of a residence: its row, where only the hash of the secret is, and what its maker is shown this once. */
export const prepareInvitation = async (ctx: Context<unknown> & { hashing: Hashing }, wanted: Wanted) => {
  let drawn = newInvitationCode();
  for (let draws = 1; await hasLookup(reader(ctx), drawn.lookup); draws += 1) {
    if (draws >= drawsMax) throw new AppError('internal');
    drawn = newInvitationCode();
  }
  const expiresAt = new Date(ctx.now.getTime() + invitationLifeMs[wanted.kind]);
  const row = {
    id: newId(),
    lookup: drawn.lookup,
    secretHash: await ctx.hashing.hash(drawn.secret),
    kind: wanted.kind,
    residenceId: wanted.residenceId,
    usesLeft: invitationUses[wanted.kind],
    createdBy: wanted.createdBy ?? null,
    invitedBy: wanted.invitedBy ?? null,
    expiresAt,
    createdAt: ctx.now,
  };
  const link = `${ctx.env.origin.origin}/entrer?code=${drawn.code}`;
  const made: MadeInvitation = {
    id: row.id,
    kind: row.kind,
    code: drawn.code,
    link,
    qr: qrCodeOf(link),
    expiresAt: expiresAt.toISOString(),
  };
  return { row, made };
};
