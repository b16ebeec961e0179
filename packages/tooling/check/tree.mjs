import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

const NOT_OURS = /(^|\/)(node_modules|build|compiled|\.svelte-kit|\.turbo|\.git|var|coverage)\//;

/** @param {string} folder @returns {string[]} */
const walk = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (NOT_OURS.test(`${path}/`)) return [];
    return entry.isDirectory() ? walk(path) : [path];
  });

/** Every file of the project that git knows or would take, relative to the root; without git, every file outside what is built. */
export const projectFiles = () => {
  if (!existsSync(join(root, '.git'))) return walk('').sort();
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).sort();
};

/** @param {string} path relative to the root */
export const textOf = (path) => readFileSync(join(root, path), 'utf8');

/** Written by tools, or data rather than code.
 * @param {string} path */
export const isGenerated = (path) =>
  /(^|\/)(fixtures|data|generated)\//.test(path) ||
  /^drizzle\/|^pnpm-lock\.yaml$|^LICENSE$|^packages\/messages\/messages\/|\.(csv|geojson|svg|snap)$/.test(path);

/** @param {string} path */
export const isCode = (path) => /\.(ts|mjs|js|cjs|svelte|css|sql|yml)$/.test(path) && !isGenerated(path);
