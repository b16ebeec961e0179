import { timingSafeEqual } from 'node:crypto';
import { AppError } from './errors.ts';
import { hmac, type Keys } from './keys.ts';

/** A page's end, sealed so that nobody can write one: opaque, and bound to the list it belongs to (`scope`). */
export const sealCursor = (keys: Keys, scope: string, values: readonly (string | number)[]): string => {
  const body = Buffer.from(JSON.stringify(values)).toString('base64url');
  return `${body}.${hmac(keys.cursor, `${scope} ${body}`).subarray(0, 12).toString('base64url')}`;
};

/** The values of a sealed cursor, or 400 `cursor.invalid`: changed, truncated, or of another list. */
export const openCursor = (keys: Keys, scope: string, cursor: string): (string | number)[] => {
  const [body = '', seal = ''] = cursor.split('.');
  const wanted = hmac(keys.cursor, `${scope} ${body}`).subarray(0, 12);
  const given = Buffer.from(seal, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new AppError('cursor.invalid');
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as (string | number)[];
};
