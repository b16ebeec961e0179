import type { FastifyBaseLogger } from 'fastify';
import { pino, stdSerializers } from 'pino';
import type { Env } from '../env.ts';

type LoggedError = {
  type: string;
  message: string;
  code?: string | undefined;
  stack?: string | undefined;
  cause?: LoggedError | undefined;
};

/** An error as the log may keep it: drizzle's message carries the statement's parameters, PostgreSQL's `detail` carries values, so neither is kept. */
const errorOf = (error: unknown, depth = 0): LoggedError => {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' };
  const { code } = error as { code?: unknown };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: error.message.split('\nparams:')[0] ?? '',
    ...(typeof code === 'string' && { code }),
    ...(depth === 0 && frames && { stack: frames.slice(0, 12).join('\n') }),
    ...(error.cause instanceof Error && depth < 4 && { cause: errorOf(error.cause, depth + 1) }),
  };
};

/** A call as the log may keep it: its method and the route's pattern, since paths hold codes and queries hold tokens. */
const requestOf = (request: { method?: string; routeOptions?: { url?: string } }) => ({
  method: request.method,
  route: request.routeOptions?.url,
});

const levels: Readonly<Record<number, string>> = { 60: 'FATAL', 50: 'ERROR', 40: 'WARN', 30: 'INFO', 20: 'DEBUG' };

/** One readable line for whoever runs it by hand, in place of JSON. */
const readable = (json: string): string => {
  const { level, msg, err } = JSON.parse(json) as { level: number; msg?: string; err?: LoggedError | string };
  const cause = typeof err === 'object' ? err.cause : undefined;
  const why =
    typeof err === 'string'
      ? err
      : err && [err.message, cause?.message, level >= 50 ? err.stack : undefined].filter(Boolean).join('\n');
  return `${levels[level] ?? level} ${[msg, why].filter(Boolean).join(': ')}\n`;
};

/** The process's log, on stderr: JSON in production, readable lines elsewhere; never a name, an address, a query or a parameter. */
export const openLog = (env: Pick<Env, 'logLevel' | 'isProduction'>): FastifyBaseLogger => {
  const options = { level: env.logLevel, serializers: { err: errorOf, req: requestOf, res: stdSerializers.res } };
  const write = env.isProduction ? (line: string) => line : readable;
  return pino(options, { write: (line: string) => void process.stderr.write(write(line)) });
};
