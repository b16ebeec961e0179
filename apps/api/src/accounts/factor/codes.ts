import { Secret, TOTP } from 'otpauth';

const periodS = 30;

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
