import { isUtf8 } from 'node:buffer';
import fp from 'fastify-plugin';
import { AppError } from '../errors.ts';

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** PostgreSQL holds neither NUL nor lone surrogates: they are refused here, before any statement. `__proto__` and `constructor` keys too. */
const isClean = (value: unknown, depth = 0): boolean => {
  if (typeof value === 'string') return !value.includes('\0') && !loneSurrogate.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > 20) return false;
  if (Array.isArray(value)) return value.every((item) => isClean(item, depth + 1));
  return Object.entries(value).every(
    ([key, item]) =>
      key !== '__proto__' && key !== 'constructor' && key !== 'prototype' && isClean(key) && isClean(item, depth + 1),
  );
};

/** JSON bodies alone: valid UTF-8, no NUL, no lone surrogate, at most twenty levels. An empty body is no body; in a POST that takes one, `{}`. */
export const jsonBody = fp(async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, payload: Buffer) => {
    if (payload.length === 0) return undefined;
    if (!isUtf8(payload)) throw new AppError('request.malformed');
    let body: unknown;
    try {
      body = JSON.parse(payload.toString('utf8'));
    } catch {
      throw new AppError('request.malformed');
    }
    if (!isClean(body)) throw new AppError('request.malformed');
    return body;
  });
  // A POST that says nothing says the same with a body and without.
  app.addHook('preValidation', async (request) => {
    if (request.method === 'POST' && request.body === undefined && request.routeOptions.schema?.body) request.body = {};
  });
});
