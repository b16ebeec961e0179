import { timingSafeEqual } from 'node:crypto';
import { AppError } from './errors.ts';
import { hmac, type Keys } from './keys.ts';

const sealOf = (keys: Keys, scope: string, body: string): string =>
  hmac(keys.cursor, `${scope} ${body}`).subarray(0, 12).toString('base64url');

/** A page's end, sealed so that nobody can write one: opaque, and bound to the list it belongs to (`scope`). */
export const sealCursor = (keys: Keys, scope: string, values: readonly (string | number)[]): string => {
  const body = Buffer.from(JSON.stringify(values)).toString('base64url');
  return `${body}.${sealOf(keys, scope, body)}`;
};

/** The values of a sealed cursor, or 400 `cursor.invalid`: changed by a character, truncated, or of another list. */
export const openCursor = (keys: Keys, scope: string, cursor: string): (string | number)[] => {
  const [body = ''] = cursor.split('.');
  const wanted = Buffer.from(`${body}.${sealOf(keys, scope, body)}`);
  const given = Buffer.from(cursor);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new AppError('cursor.invalid');
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as (string | number)[];
};
