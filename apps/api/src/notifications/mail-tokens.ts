import { createHash } from 'node:crypto';
import { hmac } from '../keys.ts';

/** What a mailed link is for; a link for one thing never opens another. */
export type MailPurpose = 'confirm' | 'reset' | 'address' | 'undo';

/** The 256-bit secret of a mailed link, derived from the job that mails it: the queue holds no secret, and a retry mails the same link. */
export const deriveMailToken = (key: Buffer, purpose: MailPurpose, jobId: string): string =>
  hmac(key, `mail.${purpose} ${jobId}`).toString('base64url');

/** What is kept of a link's secret: its SHA-256, under its purpose. */
export const hashMailToken = (purpose: MailPurpose, token: string): string =>
  createHash('sha256').update(`${purpose} ${token}`).digest('base64url');
