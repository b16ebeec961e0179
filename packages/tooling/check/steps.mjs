import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run.mjs';
import { citedPaths, longFiles, machinePaths, repeatedBlocks, topLevel } from './files.mjs';
import { checkLocked, checkVersions } from './lockfile.mjs';
import { root } from './tree.mjs';

/**
 * @typedef {{ ok: boolean, text: string }} Verdict
 * @typedef {{ name: string, work: () => Promise<Verdict> }} Step
 */

const TIMEOUT_MS = 180_000;
const node = join(root, 'node_modules/.bin/node');
const env = { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0', NO_UPDATE_NOTIFIER: '1' };

/** @param {string} name */
const bin = (name) => join(root, 'packages/tooling/node_modules/.bin', name);

/** @param {string} name @param {string} command @param {string[]} args @param {string} [cwd] @returns {Step} */
const tool = (name, command, args, cwd = '.') => ({
  name,
  work: async () => {
    const { code, output, timedOut } = await run(command, args, { cwd: join(root, cwd), env, timeoutMs: TIMEOUT_MS });
    return { ok: code === 0, text: timedOut ? `stopped after ${TIMEOUT_MS / 1000} s\n${output}` : output };
  },
});

/** @param {string} name @param {() => string[]} find @returns {Step} */
const search = (name, find) => ({
  name,
  work: async () => {
    const found = find();
    return { ok: found.length === 0, text: found.join('\n') };
  },
});

const typedWorkspaces = () =>
  ['apps', 'packages']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => path !== 'apps/web' && existsSync(join(root, path, 'tsconfig.json')))
    .sort((a, b) => Number(b === 'apps/api') - Number(a === 'apps/api')); // the longest first

/** @returns {Step} */
const webTypes = () => ({
  name: 'types apps/web',
  work: async () => {
    const web = join(root, 'apps/web');
    const synced = await run(node, ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync'], {
      cwd: web,
      env,
      timeoutMs: TIMEOUT_MS,
    });
    if (synced.code !== 0) return { ok: false, text: synced.output };
    const args = [
      'node_modules/svelte-check/bin/svelte-check',
      '--tsconfig',
      'tsconfig.json',
      '--fail-on-warnings',
      '--output',
      'human',
    ];
    const { code, output } = await run(node, args, { cwd: web, env, timeoutMs: TIMEOUT_MS });
    return { ok: code === 0, text: output };
  },
});

const SVELTE = 'apps/web/**/*.svelte';
const PLUGIN = `--plugin=${join(root, 'packages/tooling/node_modules/prettier-plugin-svelte/plugin.js')}`; // it hangs from this workspace, not from the root
const ESLINT = ['--config', 'packages/tooling/eslint.config.js', '--max-warnings', '0', '--no-warn-ignored', '.'];
const CRUISE = ['--config', 'packages/tooling/dependency-cruiser.config.mjs', 'apps', 'packages'];
const KNIP = ['--config', 'packages/tooling/knip.json', '--no-progress', '--no-config-hints'];

/** @returns {Step[]} every check, the longest first so that two at a time end together */
export const steps = () => [
  ...(existsSync(join(root, 'apps/web/tsconfig.json')) ? [webTypes()] : []),
  ...typedWorkspaces().map((path) => tool(`types ${path}`, bin('tsc'), ['-p', path])),
  tool('types of the service worker', bin('tsc'), ['-p', 'apps/web/src/service-worker']),
  tool('lint', bin('eslint'), ESLINT),
  tool('biome', bin('biome'), ['check', '--error-on-warnings', '.']),
  tool('format of .svelte', bin('prettier'), ['--check', PLUGIN, '--no-error-on-unmatched-pattern', SVELTE]),
  tool('walls', bin('depcruise'), CRUISE),
  tool('unused exports, files, dependencies', bin('knip'), KNIP),
  tool('the walls hold', node, ['--test', '--test-reporter', 'spec', 'packages/tooling/check/walls.test.mjs']),
  search('files of 250 lines at most', longFiles),
  search('no block of ten lines twice', repeatedBlocks),
  search('cited paths exist', citedPaths),
  search('no path of a machine, no key', machinePaths),
  search('the root holds what belongs there', topLevel),
  search('versions above their floors', checkVersions),
  search('lockfile holds hashes only', checkLocked),
];

export const formatters = () => [
  tool('biome', bin('biome'), ['check', '--write', '.']),
  tool('prettier', bin('prettier'), ['--write', PLUGIN, '--no-error-on-unmatched-pattern', SVELTE]),
];
