import type { FastifyBaseLogger } from 'fastify';
import type { Env } from '../env.ts';
import type { Keys } from '../keys.ts';
import type { Closers } from './closers.ts';
import type { FrontDoor } from './front-door.ts';
import type { ReadinessBoard } from './readiness.ts';

/** What every role is started with. */
export type Parts = {
  env: Env;
  keys: Keys;
  log: FastifyBaseLogger;
  say: (line: string) => void;
  board: ReadinessBoard;
  door: FrontDoor;
  closers: Closers;
};
