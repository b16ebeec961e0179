import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const periodS = 30;
const algorithm = 'aes-256-gcm';

/** A secret of 160 bits (RFC 4226, 4), in base 32. */
export const newFactorKey = (): string => new Secret({ size: 20 }).base32;

const totpOf = (key: string, account = '', issuer = '') =>
  new TOTP({ issuer, label: account, secret: Secret.fromBase32(key), digits: 6, period: periodS });

/** The address that a telephone reads from a QR code. */
export const factorUri = (key: string, account: string, issuer: string): string =>
  totpOf(key, account, issuer).toString();

/** Which 30 s a code belongs to (RFC 6238), the one at hand or a neighbour of it; null when it is wrong. */
export const stepOfCode = (key: string, code: string, now: Date): number | null => {
  if (!/^\d{6}$/.test(code)) return null;
  const timestamp = now.getTime();
  const delta = totpOf(key).validate({ token: code, timestamp, window: 1 });
  return delta === null ? null : Math.floor(timestamp / 1000 / periodS) + delta;
};

/** Seals a text under a key, bound to the account it is for (AES-256-GCM). */
export const seal = (key: Buffer, accountId: string, text: string): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(accountId));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
};

/** Opens what `seal` sealed; throws when the key, the account or a byte is another. */
export const unseal = (key: Buffer, accountId: string, sealed: string): string => {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, 12)).setAAD(Buffer.from(accountId));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
};
