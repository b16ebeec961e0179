import type { FastifyBaseLogger } from 'fastify';
import type { Env } from '../env.ts';
import { openKeys } from '../keys.ts';
import { openClosers } from './closers.ts';
import { openFrontDoor } from './front-door.ts';
import type { Parts } from './parts.ts';
import { openReadiness } from './readiness.ts';

export type Running = { origin: URL; port: number; stop: () => Promise<void> };
export type Say = (line: string) => void;

/** With PORT=0 the system chooses the port, and the origin is known only then. */
export const withPort = (env: Env, port: number): Env =>
  env.origin.port === '0' ? { ...env, origin: new URL(`${env.origin.protocol}//${env.origin.hostname}:${port}`) } : env;

/** Reading a role's files takes most of a second in which nothing answers: it is done before the port opens. */
const loadRole = async (role: Env['role']): Promise<(parts: Parts) => Promise<void>> => {
  if (role === 'web') return (await import('./role-web.ts')).startWebRole;
  if (role === 'jobs') return (await import('./role-jobs.ts')).startJobsRole;
  return (await import('./role-api.ts')).startApiRole;
};

/**
 * Starts this process in its role: the port first, so that `/api/health` answers and a busy port is said before anything is touched, then the rest.
 * Rejects with a sentence for the operator, having stopped whatever it had started.
 */
export const startProcess = async (settings: Env, log: FastifyBaseLogger, say: Say): Promise<Running> => {
  const closers = openClosers((error) => log.error({ err: error }, 'closing'));
  const board = openReadiness(settings.role === 'web' ? ['start'] : ['start', 'database', 'jobs']);
  const startRole = await loadRole(settings.role);
  const door = await openFrontDoor({ host: settings.host, port: settings.port }, board.readiness.missing);
  closers.push(door.drain);
  const env = withPort(settings, door.port);
  try {
    const keys = openKeys(env.dataDir, env.secret);
    const parts = { env, keys, log, say, board, door, closers };
    await startRole(parts);
    board.done('start');
    door.handOver();
  } catch (error) {
    await closers.close();
    throw error;
  }
  const stop = async (): Promise<void> => {
    board.undone('stopping');
    await door.linger();
    await closers.close();
  };
  return { origin: env.origin, port: door.port, stop };
};
