import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Who = { uid: number; gid: number };

/** How PostgreSQL's programs are run: the words before the command, and the OS user when it is not ours. */
export type Runner = { prefix: readonly string[]; who?: Who };

/** Chooses how to run PostgreSQL over `home` (made if absent): as ourselves, or, as root, as an OS user who can reach it. */
export const chooseRunner = (bin: string, home: string): Runner => {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const hasSetpriv = process.platform === 'linux' && spawnSync('setpriv', ['--version']).status === 0;
  if (process.getuid?.() !== 0) return { prefix: hasSetpriv ? ['setpriv', '--pdeathsig', 'INT', '--'] : [] };

  const { name, ...who } = unprivilegedUser();
  chownSync(home, who.uid, who.gid);
  const drop = ['setpriv', `--reuid=${who.uid}`, `--regid=${who.gid}`, '--clear-groups', '--pdeathsig', 'INT'];
  if (canReach(bin, home, who)) return { prefix: hasSetpriv ? [...drop, '--'] : [], who };

  // Without the securebit, access(2), by which initdb checks itself, ignores the capability.
  const capability = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  const prefix = [...drop, '--securebits=+no_setuid_fixup', ...capability, '--'];
  if (hasSetpriv && spawnSync(...words([...prefix, join(bin, 'initdb'), '--version']), { cwd: '/' }).status === 0)
    return { prefix, who };
  throw new Error(
    `started as root: user ${name} cannot enter ${home} or reach ${bin}. ` +
      'Start as another user, let others pass those folders (chmod o+x), or set DATABASE_URL',
  );
};

/** Splits a command line into the program and its arguments, as spawn wants them. */
export const words = ([program, ...rest]: readonly string[]): [string, string[]] => {
  if (program === undefined) throw new Error('an empty command line');
  return [program, rest];
};

const unprivilegedUser = (): Who & { name: string } => {
  const passwd = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = passwd.find(([name]) => name === 'postgres') ?? passwd.find(([name]) => name === 'nobody');
  if (!found?.[0]) throw new Error('started as root: PostgreSQL needs the user postgres or nobody');
  return { name: found[0], uid: Number(found[2]), gid: Number(found[3]) };
};

const canReach = (bin: string, home: string, who: Who): boolean =>
  spawnSync('/bin/sh', ['-c', '[ -x "$0" ] && cd "$1"', join(bin, 'postgres'), home], { ...who, cwd: '/' }).status ===
  0;
