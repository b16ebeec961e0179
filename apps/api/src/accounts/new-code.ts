import { randomBytes } from 'node:crypto';
import { formatInvitationCode, parseInvitationCode } from '@palier/domain/accounts';

/** A new invitation code: as it is printed, its look-up id, and the secret to hash. It is shown once and kept nowhere. */
export const newInvitationCode = (): { code: string; lookup: string; secret: string } => {
  const code = formatInvitationCode(randomBytes(16));
  const parts = parseInvitationCode(code);
  if (!parts) throw new Error('a code of ours must be readable');
  return { code, ...parts };
};
