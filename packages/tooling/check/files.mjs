import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isCode, isGenerated, projectFiles, root, textOf } from './tree.mjs';

const MAX_LINES = 250;
const BLOCK_LINES = 10;
const BLOCK_CHARACTERS = 200;

/** @returns {string[]} files of code that are too long to be read at once */
export const longFiles = () =>
  projectFiles()
    .filter(isCode)
    .map((path) => ({ path, lines: textOf(path).trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path}: ${lines} lines, at most ${MAX_LINES}`);

/** @param {string} line */
const isTelling = (line) => line !== '' && !/^(import |export \{|\} from |\/\/|\*|\/\*)/.test(line);

/**
 * The same ten lines of code in two places, whatever their indentation; imports and comments do not count.
 * @returns {string[]} one line a pair of files
 */
export const repeatedBlocks = () => {
  /** @type {Map<string, { path: string, line: number }>} */
  const seen = new Map();
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const path of projectFiles().filter((one) => isCode(one) && /\.(ts|mjs|js|svelte)$/.test(one))) {
    const lines = textOf(path)
      .split('\n')
      .map((text, index) => ({ text: text.trim(), line: index + 1 }))
      .filter(({ text }) => isTelling(text));
    for (let start = 0; start + BLOCK_LINES <= lines.length; start++) {
      const block = lines.slice(start, start + BLOCK_LINES);
      const text = block.map((one) => one.text).join('\n');
      const line = block[0]?.line ?? 0;
      if (text.length < BLOCK_CHARACTERS) continue;
      const first = seen.get(text);
      if (!first) seen.set(text, { path, line });
      else if (first.path !== path || line - first.line >= BLOCK_LINES) {
        const pair = `${first.path} ${path}`;
        if (!found.has(pair))
          found.set(pair, `${path}:${line} repeats ${BLOCK_LINES} lines of ${first.path}:${first.line}`);
      }
    }
  }
  return [...found.values()];
};

/** @returns {string[]} paths cited by the documentation that are not there */
export const citedPaths = () => {
  const documents = projectFiles().filter((path) => /(^|\/)(README|CHANGELOG)\.md$/.test(path));
  return documents.flatMap((document) => {
    const cited = textOf(document).matchAll(
      /(?<![\w./@-])(?:apps|packages|drizzle|\.ci)(?:\/(?:\([\w-]+\)|\[[\w-]+\]|[\w.+@-]*[\w+]))+/g,
    );
    const missing = [...cited]
      .map(([path]) => path)
      .filter((path) => !existsSync(join(root, path)) && !existsSync(join(root, dirname(document), path)));
    return [...new Set(missing)].map((path) => `${document} cites ${path}, which is not there`);
  });
};

const MACHINE = [
  /(?<![\w.])\/(?:home|Users|root|work)\/[\w.-]+/,
  /\/tmp\/[\w-]+\/[\w.-]+/,
  /registry\.npmjs\.org|registry\.yarnpkg\.com/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** @returns {string[]} lines that name a folder of one machine, the host of a registry, or hold a private key */
export const machinePaths = () =>
  projectFiles()
    .filter(
      (path) =>
        !isGenerated(path) &&
        !/^packages\/tooling\/check\//.test(path) &&
        /\.(ts|mjs|js|svelte|json|yml|yaml|md|toml|sh)$|Dockerfile$|^\.ci\//.test(path),
    )
    .flatMap((path) =>
      textOf(path)
        .split('\n')
        .flatMap((line, index) =>
          MACHINE.some((pattern) => pattern.test(line)) ? [`${path}:${index + 1}: ${line.trim().slice(0, 100)}`] : [],
        ),
    );

const TOP_LEVEL = new Set([
  ...'apps packages drizzle docker-compose.yml pnpm-workspace.yaml package.json pnpm-lock.yaml turbo.json README.md LICENSE CHANGELOG.md'.split(
    ' ',
  ),
  ...'biome.json tsconfig.base.json vitest.config.ts'.split(' '),
]);

/** @returns {string[]} entries of the root that have no business there */
export const topLevel = () =>
  [...new Set(projectFiles().map((path) => path.split('/')[0] ?? ''))]
    .filter((name) => !name.startsWith('.') && !TOP_LEVEL.has(name))
    .map((name) => `${name} does not belong at the root`);
