import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
};

/** A nats-server, not yet begun. Without one on this machine the test fails, in words. */
export const openBroker = async () => {
  if (spawnSync('nats-server', ['--version']).error)
    throw new Error('this wants nats-server on the PATH: apt-get install nats-server');
  const port = await freePort();
  let child: ChildProcess | undefined;
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    start: async (): Promise<void> => {
      const begun = spawn('nats-server', ['--addr', '127.0.0.1', '--port', String(port)], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child = begun;
      for await (const line of createInterface(begun.stderr)) if (line.includes('Server is ready')) break;
      begun.stderr.resume();
    },
    signal: (signal: NodeJS.Signals): void => void child?.kill(signal),
    stop: async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGCONT');
      child.kill(signal);
      await ended;
    },
  };
};
