/**
 * Whether this account may be mailed for this purpose: until its address is confirmed, only the mail that confirms it is ever sent;
 * once it is, that one is not sent again.
 */
export const mayMail = (account: { emailConfirmedAt: Date | null }, purpose: string): boolean =>
  (purpose === 'confirm') === (account.emailConfirmedAt === null);
