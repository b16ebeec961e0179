import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** When a process was born, in the system's own words, so that it is told from a later one with the same pid; undefined when it is gone. */
export const bornAt = (pid: number): string | undefined => {
  try {
    if (process.platform !== 'linux') {
      const told = spawnSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).stdout.trim();
      return told === '' ? undefined : told.replaceAll(/\s+/g, '-');
    }
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return fields[0] === 'Z' ? undefined : fields[19]; // a zombie is dead
  } catch {
    return undefined;
  }
};

/** Whether the process lives and is a PostgreSQL. */
export const isPostgres = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false;
  }
};

/** Stops a postmaster: fast for 10 s, then at once for 5 s, never by SIGKILL, which would leave its children behind. */
export const haltPostgres = async (pid: number): Promise<void> => {
  for (const [signal, waitMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    if (isPostgres(pid)) process.kill(pid, signal);
    for (const end = Date.now() + waitMs; Date.now() < end; await sleep(10)) if (!isPostgres(pid)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop`);
};
