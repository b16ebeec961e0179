import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Server, startServer } from '../../stage/server.ts';
import type { Store } from '../../stage/store.ts';
import { call } from './call.ts';

/** A process of ours that can be killed, stopped dead and started again under the same origin. */
export type Node = {
  readonly origin: string;
  pid(): number;
  isAlive(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Starts it again after a kill; resolves with how long until `/api/ready` said 200, in ms. */
  restart(): Promise<number>;
  /** What `/api/ready` says of the bus. */
  bus(): Promise<string | null>;
  rssKb(): number;
  /** One figure of `/api/metrics`. */
  metric(name: string): Promise<number>;
  stop(): Promise<void>;
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Starts one process over a store (its own PostgreSQL when null). */
export const startNode = async (
  dataDir: string,
  store: Store | null,
  settings: Record<string, string> = {},
): Promise<Node> => {
  let server: Server = await startServer(dataDir, store, settings);
  const { origin } = server;
  const { port } = new URL(origin);
  const bus = async (): Promise<string | null> => {
    const answer = await call(origin, '/api/ready', { hasOwnSocket: true });
    return answer.status === 200 ? (JSON.parse(answer.text) as { bus: string }).bus : null;
  };
  return {
    origin,
    pid: () => server.pid,
    isAlive: () => isAlive(server.pid),
    signal: (signal) => void process.kill(server.pid, signal),
    restart: async () => {
      while (isAlive(server.pid)) await sleep(5);
      const startMs = performance.now();
      server = await startServer(dataDir, store, { ...settings, PORT: port, ORIGIN: origin });
      while ((await bus()) === null) await sleep(10);
      return performance.now() - startMs;
    },
    bus,
    rssKb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0),
    metric: async (name) => {
      const answer = await call(origin, '/api/metrics', { hasOwnSocket: true });
      return answer.status === 200 ? Number(new RegExp(`^${name} (\\d+)`, 'm').exec(answer.text)?.[1]) : Number.NaN;
    },
    stop: () => server.stop(),
  };
};
