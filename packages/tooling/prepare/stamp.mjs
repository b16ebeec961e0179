import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SKIPPED = new Set(['node_modules', 'build', 'compiled', 'coverage']);

/** @param {string} name */
const isSkipped = (name) =>
  SKIPPED.has(name) || name.startsWith('.') || name.endsWith('.md') || /\.test\.[cm]?[jt]s$/.test(name);

/**
 * @param {string} path
 * @returns {string[]} the files under a path that can change what is built from it, sorted
 */
const filesUnder = (path) => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => !isSkipped(name));
  return names.sort().flatMap((name) => filesUnder(join(path, name)));
};

/**
 * One hash of the names and contents of files and folders, so that a fresh clone and an old one agree.
 * @param {string} root
 * @param {string[]} paths relative to the root
 * @param {string[]} also anything else the result depends on
 */
export const hashOf = (root, paths, also = []) => {
  const hash = createHash('sha256');
  for (const line of also) hash.update(`${line}\0`);
  for (const path of paths)
    for (const file of filesUnder(join(root, path))) {
      const content = readFileSync(file);
      hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
    }
  return hash.digest('hex');
};

/**
 * A small file under node_modules that says what was done last; it is removed before the work and written after it.
 * @param {string} root
 * @param {string} name
 */
export const stamp = (root, name) => {
  const file = join(root, 'node_modules', `.palier-${name}.json`);
  return {
    /** @returns {{ key: string, scope?: string } | undefined} */
    read: () => {
      try {
        return JSON.parse(readFileSync(file, 'utf8'));
      } catch {
        return undefined;
      }
    },
    clear: () => rmSync(file, { force: true }),
    /** @param {{ key: string, scope?: string }} value */
    write: (value) => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(value));
    },
  };
};
