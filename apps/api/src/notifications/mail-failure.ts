/** How handing a mail over failed: the `address` takes none, the `message` was refused, it may be tried again `later`, or it is `unsure` whether it was taken. */
export type MailFailureKind = 'address' | 'message' | 'later' | 'unsure';

/** A mail that was not taken, or may not have been. */
export class MailFailure extends Error {
  readonly kind: MailFailureKind;
  constructor(kind: MailFailureKind, cause: unknown) {
    super(`mail: ${kind}`, { cause });
    this.kind = kind;
  }
}

/** What the sender says of a failure. */
export type SmtpError = { responseCode?: number; command?: string; code?: string };

/** What an SMTP error says (RFC 5321 4.2.1: 4xx is for now, 5xx for good). Without an answer once the message was begun, nobody knows. */
export const kindOfFailure = ({ responseCode, command = 'CONN', code }: SmtpError): MailFailureKind => {
  if (responseCode !== undefined && responseCode >= 500)
    return command === 'RCPT TO' ? 'address' : command === 'DATA' ? 'message' : 'later';
  if (responseCode !== undefined) return 'later';
  const isBegun =
    command === 'DATA' ||
    (code !== 'EDNS' && command !== 'CONN' && !/^(EHLO|HELO|AUTH|STARTTLS|MAIL|RCPT)/.test(command));
  return isBegun ? 'unsure' : 'later';
};
