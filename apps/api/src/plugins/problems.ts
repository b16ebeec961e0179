import { STATUS_CODES } from 'node:http';
import type { AppErrorCode } from '@palier/domain/errors';
import { problemSentence } from '@palier/messages/problems';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError } from '../errors.ts';
import { httpStatus } from '../http-status.ts';
import { localeOf } from './locale.ts';

/** Refusals of Fastify and its plugins, in our words. */
const foreignCodes: Record<string, AppErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media.unsupported',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_MAX_URL_LENGTH: 'uri.too-long',
  FST_UNDER_PRESSURE: 'overloaded',
  FST_ERR_HANDLER_TIMEOUT: 'overloaded',
};

/** PostgreSQL and its driver saying that it is not there, is stopping, or is too busy (classes 08, 53, 57; lock and pool waits). */
const isDatabaseAway = (error: unknown): boolean => {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code } = cause as { code?: string };
    if (code && /^(08|53|57)|^(55P03|25006)$|^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/.test(code))
      return true;
    if (
      /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Cannot use a pool after calling end/.test(
        cause.message,
      )
    )
      return true;
  }
  return false;
};

const codeOf = (error: FastifyError | AppError): AppErrorCode => {
  if (error instanceof AppError) return error.code;
  if (hasZodFastifySchemaValidationErrors(error)) return 'request.invalid';
  const known = foreignCodes[error.code];
  if (known) return known;
  if (error.statusCode === 429) return 'rate.limited';
  if (error.statusCode === 503 || isDatabaseAway(error))
    return error.statusCode === 503 ? 'overloaded' : 'database.unavailable';
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)
    return error.statusCode === 413
      ? 'body.too-large'
      : error.statusCode === 415
        ? 'media.unsupported'
        : 'request.malformed';
  return 'internal';
};

const fieldErrors = (error: unknown) =>
  hasZodFastifySchemaValidationErrors(error)
    ? error.validation.slice(0, 20).map((one) => ({
        path: `${error.validationContext}${one.instancePath}`.slice(0, 200),
        message: (one.message ?? 'invalid').slice(0, 200),
      }))
    : undefined;

/** The body of a refusal: RFC 9457, with a code from the closed list and a sentence in the reader's language. */
export const problemOf = (code: AppErrorCode, locale: 'fr' | 'en') => {
  const status = httpStatus[code];
  return {
    type: `https://palier.invalid/problems/${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: problemSentence(code, locale),
  };
};

/** Answers a refusal as problem+json; Fastify's own, from before any route is found (a path that cannot be decoded), come here too. */
export const answerProblem = async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
  const code = codeOf(error);
  if (code === 'internal') request.log.error({ err: error }, 'unexpected');
  else if (code === 'database.unavailable') request.log.warn({ err: error.message }, 'database away');
  const extra = error instanceof AppError ? error.extra : {};
  const status = httpStatus[code];
  const retryAfterS =
    extra.retryAfterS ??
    (status === 503 ? 2 : status === 429 ? Number(reply.getHeader('retry-after') ?? 60) : undefined);
  if (retryAfterS !== undefined) reply.header('retry-after', String(retryAfterS));
  const errors = fieldErrors(error);
  const body = {
    ...problemOf(code, localeOf(request)),
    ...(extra.detail && { detail: extra.detail }),
    ...(errors && { errors }),
    ...extra.extensions,
  };
  return reply
    .code(status)
    .header('cache-control', 'private, no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(body);
};

/** One handler renders every refusal; nothing of a stack, a statement or a driver ever leaves. */
export const problems = fp(async (app) => {
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler(async () => {
    throw new AppError('resource.absent');
  });
});
