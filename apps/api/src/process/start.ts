import type { FastifyBaseLogger } from 'fastify';
import type { Env } from '../env.ts';
import { openKeys } from '../keys.ts';
import { openClosers } from './closers.ts';
import { openFrontDoor } from './front-door.ts';
import type { Parts } from './parts.ts';
import { openReadiness } from './readiness.ts';

export type Running = { origin: URL; stop: () => Promise<void> };
export type Say = (line: string) => void;

/** How long open connections may finish what they are doing, in ms (recipes.md, 1). */
const drainMs = 4_000;

/** With PORT=0 the system chooses the port, and the origin is known only then. */
const withPort = (env: Env, port: number): Env =>
  env.origin.port === '0' ? { ...env, origin: new URL(`${env.origin.protocol}//${env.origin.hostname}:${port}`) } : env;

/** Imported only once the port is open: reading a hundred files takes most of a second. */
const startRole = async (parts: Parts): Promise<void> => {
  if (parts.env.role === 'web') await (await import('./role-web.ts')).startWebRole(parts);
  else await (await import('./role-api.ts')).startApiRole(parts);
};

/**
 * Starts this process in its role: the port first, so that `/api/health` answers and a busy port is said before anything is touched, then the rest.
 * Rejects with a sentence for the operator, having stopped whatever it had started.
 */
export const startProcess = async (settings: Env, log: FastifyBaseLogger, say: Say): Promise<Running> => {
  const closers = openClosers((error) => log.error({ err: error }, 'closing'));
  const board = openReadiness(['start']);
  const door = await openFrontDoor({ host: settings.host, port: settings.port }, board.readiness.missing);
  closers.push(
    () =>
      new Promise<void>((closed) => {
        door.server.close(() => closed());
        door.server.closeIdleConnections();
        setTimeout(() => door.server.closeAllConnections(), 200).unref();
      }),
  );
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
    setTimeout(() => door.server.closeAllConnections(), drainMs).unref(); // a connection that has sent nothing is not idle to Node
    await closers.close();
  };
  return { origin: env.origin, stop };
};
