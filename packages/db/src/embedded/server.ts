import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, clearLeftovers, commandOf, readPostmaster } from './cluster.ts';

const READY_WITHIN_MS = 60_000; // a recovery may be long
const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  random_page_cost: '1.1',
  max_wal_size: '1GB',
  log_min_messages: 'warning',
};

/** A running postmaster: its pid, and `expectEnd` to say that its end is wanted. */
export type Server = { pid: number; expectEnd: () => void };

/** Starts the server on a unix socket in `socket` and waits until it takes connections (≤ 60 s). */
export const launchServer = async (cluster: Cluster, socket: string, say: (line: string) => void): Promise<Server> => {
  for (let tries = 20; ; tries -= 1) {
    try {
      return await launchOnce(cluster, socket, say);
    } catch (error) {
      const isHeld = /lock file "postmaster\.pid" already exists/.test(String(error));
      if (tries === 0 || !(isHeld || /pre-existing shared memory/.test(String(error)))) throw error;
      await sleep(250); // the children of a killed postmaster leave in a moment
      if (isHeld) await clearLeftovers(cluster, say); // of a start killed just before its postmaster said who it was
    }
  }
};

const launchOnce = async (cluster: Cluster, socket: string, say: (line: string) => void): Promise<Server> => {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { line, options } = commandOf(cluster, 'postgres', '-D', cluster.dir, '-k', socket, ...settings);
  // Detached: a terminal's Ctrl-C must not stop the database before the application has drained.
  const child = spawn(...line, { ...options, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let tail = '';
  let ended: string | undefined;
  let isEndExpected = true;
  child.stderr.on('data', (data: Buffer) => {
    tail = (tail + data.toString()).slice(-2000);
  });
  child.on('error', (error) => {
    ended = error.message;
  });
  child.on('exit', (status, signal) => {
    ended ??= `exit ${status ?? signal}`;
    if (!isEndExpected) say(`PostgreSQL ended by itself (${ended}): ${tail.trim().slice(-500)}`);
  });

  for (const deadline = Date.now() + READY_WITHIN_MS; ; await sleep(5)) {
    if (ended !== undefined) throw new Error(`PostgreSQL did not start (${ended}): ${tail.trim()}`);
    const now = readPostmaster(cluster.dir);
    if (now?.isReady && now.pid === child.pid) {
      isEndExpected = false;
      return { pid: now.pid, expectEnd: () => (isEndExpected = true) };
    }
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      throw new Error(`PostgreSQL is not ready after 60 s: ${tail.trim()}`);
    }
  }
};
