import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
};

/** A real nats-server on a port of its own, begun and ended at will. A machine without one fails here, in words. */
export const openBroker = async () => {
  if (spawnSync('nats-server', ['--version']).error)
    throw new Error('these tests want nats-server on the PATH: apt-get install nats-server');
  const port = await freePort();
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const begun = spawn('nats-server', ['--addr', '127.0.0.1', '--port', String(port)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = begun;
    const lines = createInterface(begun.stderr);
    for await (const line of lines) if (line.includes('Server is ready')) break;
    begun.stderr.resume();
  };
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  afterAll(() => stop('SIGKILL'));
  return { url: `nats://127.0.0.1:${port}`, port, start, stop };
};
