import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { inject, vi } from 'vitest';

const isTo = ({ to }: ParsedMail, address: string): boolean =>
  [to].flat().some((one) => one?.text.includes(address) ?? false);

/** The mails that `address` was written so far, in the order of their writing. */
const mailsTo = async (address: string): Promise<ParsedMail[]> => {
  const folder = join(inject('dataDir'), 'mail');
  const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(names.sort().map((name) => simpleParser(readFileSync(join(folder, name)))));
  return mails.filter((mail) => isTo(mail, address));
};

/** The first mail to `address` that speaks of `subject`, once it is written. */
export const mailTo = (address: string, subject = ''): Promise<ParsedMail> =>
  vi.waitFor(
    async () => {
      const mail = (await mailsTo(address)).find((one) => one.subject?.includes(subject));
      if (!mail) throw new Error(`no mail to ${address} yet that speaks of ${subject}`);
      return mail;
    },
    { timeout: 15_000, interval: 250 },
  );

/** The address in a mail's words whose path is `path`. */
export const linkIn = ({ text = '' }: ParsedMail, path: string): string =>
  [...text.matchAll(/https?:\/\/[^\s<>]+/g)].map(([url]) => url).find((url) => new URL(url).pathname === path) ?? '';

/** Where a mail program asks for no more (RFC 8058). */
export const oneClickOf = ({ headerLines }: ParsedMail): string => {
  const line = headerLines.find(({ key }) => key === 'list-unsubscribe')?.line ?? '';
  return /<([^>]+)>/.exec(line.replaceAll(/\s+/g, ''))?.[1] ?? '';
};
