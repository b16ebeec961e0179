import { timingSafeEqual } from 'node:crypto';
import { hmac } from '../keys.ts';

const short = (key: Buffer, text: string): string => hmac(key, text).toString('hex').slice(0, 24);
const plain = (id: string): string => id.replaceAll('-', '');
const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** The Message-ID of a mail (RFC 5322 3.6.4): the same for the same occasion, and ours alone to make, so that a returned mail names its account. */
export const messageIdOf = (key: Buffer, accountId: string, occasion: string, host: string): string => {
  const head = `palier.${plain(accountId)}.${occasion}`;
  return `<${head}.${short(key, `message ${head}`)}@${host}>`;
};

/** The account that a mail of ours went to, by the Message-ID found in whatever text came back; null when it holds none that we made. */
export const accountOfMessage = (key: Buffer, text: string): string | null => {
  for (const [, head = '', account = '', signature = ''] of text.matchAll(
    /<(palier\.([0-9a-f]{32})\.[\w-]{1,64})\.([0-9a-f]{24})@[\w.:-]{1,255}>/g,
  ))
    if (timingSafeEqual(Buffer.from(signature), Buffer.from(short(key, `message ${head}`)))) return dashed(account);
  return null;
};

export type MailLinkPurpose = 'open' | 'stop' | 'photo' | 'copy' | 'copy-stop';

/** A link of a mail that opens without signing in and for a while: what it names, until when (s since 1970), and our signature. */
export const sealMailLink = (key: Buffer, purpose: MailLinkPurpose, id: string, expiresAt: Date): string => {
  const head = `${plain(id)}.${Math.floor(expiresAt.getTime() / 1000).toString(36)}`;
  return `${head}.${hmac(key, `link ${purpose} ${head}`).toString('base64url')}`;
};

/** What a mailed link names, if it is ours, for this purpose and still good; else null. */
export const openMailLink = (key: Buffer, purpose: MailLinkPurpose, link: string, now: Date): string | null => {
  const [, head = '', id = '', until = '', signature = ''] =
    /^(([0-9a-f]{32})\.([0-9a-z]{1,9}))\.([\w-]{43})$/.exec(link) ?? [];
  if (!head || Number.parseInt(until, 36) * 1000 <= now.getTime()) return null;
  const ours = hmac(key, `link ${purpose} ${head}`);
  return timingSafeEqual(ours, Buffer.from(signature, 'base64url')) ? dashed(id) : null;
};
