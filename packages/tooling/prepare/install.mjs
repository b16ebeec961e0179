import { spawnSync } from 'node:child_process';
import fs, { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, runCommand, toolEnvironment } from './command.mjs';
import { hashOf, stamp } from './stamp.mjs';

const NODE_MAJOR = 24;
const NEEDED_MB = 900;
const SILENCE_MS = 20_000;
const FIRST_WORD_MS = 120_000;
const PATIENCE_MS = 180_000;
const CONNECTIONS = 8; // more at once are held back by some registries: 85 s instead of 20 (measured, 2026-11)
const NO_NETWORK =
  'the package registry could not be reached: the first start downloads the packages, later ones need no network';
const START_FILTERS = ['--filter', '.', '--filter', '@palier/api...', '--filter', '@palier/web...'];

/** @param {string} root */
const packageFiles = (root) =>
  ['apps', 'packages'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}/package.json`),
  );

/** @param {string} root */
const keyOf = (root) =>
  hashOf(
    root,
    ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...packageFiles(root).sort()],
    [process.platform, process.arch],
  );

/** @param {string} root */
const isWhole = (root) =>
  ['node_modules/.bin/node', 'apps/api/node_modules', 'apps/web/node_modules'].every((path) =>
    existsSync(join(root, path)),
  );

/**
 * @param {string} root
 * @param {'start' | 'all'} mode
 */
export const isInstalled = (root, mode) => {
  const last = stamp(root, 'installed').read();
  return last?.key === keyOf(root) && (mode === 'start' || last.scope === 'all') && isWhole(root);
};

const majorOfThisNode = () => Number(process.versions.node.split('.')[0]);

/** Where the registry has no Node for this machine, the one that runs this file has to do. */
const bringsItsOwnNode = () => process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);

/** @param {string} root */
const refuseWhatCannotWork = (root) => {
  if (process.platform === 'win32')
    throw new Refusal('Palier does not run on Windows itself: start it inside WSL (a Debian or Ubuntu of your choice)');
  if (process.platform === 'linux') {
    const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
    if (!header.glibcVersionRuntime)
      throw new Refusal(
        'this Linux uses musl (Alpine?), for which PostgreSQL and Node are not packaged: use a glibc one (Debian, Ubuntu, Fedora) or docker-compose.yml',
      );
  }
  if (!bringsItsOwnNode() && majorOfThisNode() < NODE_MAJOR)
    throw new Refusal(
      `Palier needs Node ${NODE_MAJOR} or newer on this machine and found ${process.versions.node}: install it from https://nodejs.org and start again`,
    );
  const disk = fs.statfsSync?.(root); // Node ≥ 18.15
  const freeMb = disk ? Math.floor((disk.bavail * disk.bsize) / 1e6) : NEEDED_MB;
  if (freeMb < NEEDED_MB && !existsSync(join(root, 'node_modules/.modules.yaml')))
    throw new Refusal(
      `the first start needs about ${NEEDED_MB} MB on disk and ${freeMb} MB are free here: make room and start again`,
    );
};

/**
 * @param {string[]} tail what pnpm said last
 * @returns {string} one sentence
 */
const explain = (tail) => {
  const text = tail.join('\n');
  if (/ENOSPC|no space left/i.test(text)) return 'the disk is full: make room and start again';
  if (/EACCES|EPERM|EROFS|permission denied/i.test(text))
    return 'this folder, or the cache of npm in your home folder, cannot be written to: check who owns them';
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|META_FETCH_FAIL|dns error|error sending request|client error \(Connect|network/i.test(
      text,
    )
  )
    return NO_NETWORK;
  if (/OUTDATED_LOCKFILE/.test(text)) return 'pnpm-lock.yaml does not match the package.json files: run pnpm install';
  return `the packages could not be installed:\n${tail.slice(-15).join('\n')}`;
};

/**
 * Tells how far pnpm is, and when it has to be given up: without network it says nothing and tries for minutes.
 * @param {(line: string) => void} say
 */
const progress = (say) => {
  let [nextWordAt, done, lastMoveAt] = [Date.now() + 3000, '', Date.now()];
  return {
    onLine: (/** @type {string} */ line) => {
      const [all, resolved, reused, downloaded, added] =
        /resolved (\d+), reused (\d+), downloaded (\d+), added (\d+)/.exec(line) ?? [];
      if (!all || all === done) return;
      [done, lastMoveAt] = [all, Date.now()];
      if (Date.now() < nextWordAt) return;
      nextWordAt = Date.now() + 5000;
      say(`  ${resolved} packages known, ${Number(reused) + Number(downloaded)} fetched, ${added} in place`);
    },
    isStuck: () => {
      const silence = Date.now() - lastMoveAt;
      if (silence > SILENCE_MS && Date.now() > nextWordAt + SILENCE_MS) {
        nextWordAt = Date.now();
        say('  waiting for the package registry');
      }
      return silence > (done ? PATIENCE_MS : FIRST_WORD_MS);
    },
  };
};

/** @param {string} root */
const linkNode = (root) => {
  const link = join(root, 'node_modules/.bin/node');
  if (!existsSync(link)) {
    if (majorOfThisNode() < NODE_MAJOR)
      throw new Refusal(
        `Node ${NODE_MAJOR} was not brought by the packages and ${process.versions.node} is too old: install Node ${NODE_MAJOR} from https://nodejs.org`,
      );
    mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(process.execPath, link);
  }
  const seen = spawnSync(link, ['-p', 'process.versions.node'], { encoding: 'utf8', env: { PATH: process.env.PATH } });
  if (seen.status !== 0 || Number(seen.stdout.split('.')[0]) < NODE_MAJOR)
    throw new Refusal(
      `node_modules/.bin/node does not run here (${(seen.stderr || seen.error?.message || seen.stdout || '').trim().split('\n')[0]}): the system needs glibc 2.28 or newer`,
    );
};

/**
 * @param {string} root
 * @param {'start' | 'all'} mode
 * @param {(line: string) => void} say
 */
export const install = async (root, mode, say) => {
  refuseWhatCannotWork(root);
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const mark = stamp(root, 'installed');
  const hadAll = mark.read()?.scope === 'all' || existsSync(join(root, 'packages/tooling/node_modules'));
  const scope = mode === 'all' || hadAll ? 'all' : 'start';
  mark.clear();
  say(
    scope === 'start'
      ? 'Installing the packages (the first time takes a minute or so)'
      : 'Installing all the packages, those of the tests too',
  );
  const quickRetries = {
    npm_config_fetch_retry_mintimeout: '1000',
    npm_config_fetch_retry_maxtimeout: '10000',
    npm_config_prefer_offline: 'true',
  };
  const args = [
    '-y',
    packageManager,
    'install',
    '--frozen-lockfile',
    '--prefer-offline',
    '--prod=false',
    `--network-concurrency=${CONNECTIONS}`,
    '--reporter=append-only',
  ];
  const settings = [
    '--config.confirm-modules-purge=false',
    '--config.fetch-retry-mintimeout=1000',
    '--config.fetch-retry-maxtimeout=10000',
  ];
  const { onLine, isStuck } = progress(say);
  const outcome = await runCommand('npx', [...args, ...settings, ...(scope === 'start' ? START_FILTERS : [])], {
    cwd: root,
    env: { ...toolEnvironment(root), ...quickRetries },
    onLine,
    isStuck,
  }).catch((/** @type {Error} */ error) => {
    throw new Refusal(`npx, which comes with npm, could not be started (${error.message})`);
  });
  if (isStuck()) throw new Refusal(NO_NETWORK);
  if (outcome.code !== 0) throw new Refusal(explain(outcome.tail));
  linkNode(root);
  mark.write({ key: keyOf(root), scope });
};
