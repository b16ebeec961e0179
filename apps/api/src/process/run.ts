import type { FastifyBaseLogger } from 'fastify';
import type { Env } from '../env.ts';
import { type Running, type Say, startProcess } from './start.ts';
import { welcome } from './welcome.ts';

/** A stop takes this long at most, in ms, whatever does not answer. */
const stopMs = 9_500;
/** npm hands a terminal's signal on: the same Ctrl-C may come twice, this close together, in ms. */
const echoMs = 1_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

type Start = (env: Env, log: FastifyBaseLogger, say: Say) => Promise<Running>;

/**
 * Runs this process until a signal stops it in order; a second signal ends it at once. An error nobody caught stops it too, with status 1.
 * One that `palier up` started tells it its port, and ends when it does.
 */
export const runUntilSignal = async (env: Env, log: FastifyBaseLogger, start: Start = startProcess): Promise<void> => {
  let firstSignalAt: number | undefined;
  let stop = async (): Promise<void> => process.exit(0); // nothing is open yet
  const end = async (status: number): Promise<void> => {
    setTimeout(() => process.exit(status || 1), stopMs).unref();
    await stop();
    process.exit(status);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      const now = performance.now();
      if (firstSignalAt === undefined) {
        firstSignalAt = now;
        say('Stopping…');
        void end(0);
      } else if (now - firstSignalAt > echoMs) process.exit(130); // PostgreSQL is told by the system that we are gone
    });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'unexpected, stopping');
      void end(1);
    });

  process.once('disconnect', () => {
    firstSignalAt ??= performance.now();
    void end(0);
  });

  const starting = start(env, log, say);
  stop = async () => {
    const running = await starting.catch(() => undefined);
    await running?.stop();
  };
  const running = await starting;
  if (process.send) process.send({ port: running.port });
  else if (firstSignalAt === undefined) welcome(env, running.origin, say);
};
