import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ESLint } from 'eslint';
import { unlocked, wrongVersions } from './lockfile.mjs';
import { root, textOf } from './tree.mjs';

const eslint = new ESLint({ cwd: root, overrideConfigFile: join(root, 'packages/tooling/eslint.config.js') });

/** @type {[string, string, string][]} where, what is planted there, the rule that has to see it */
const PLANTED_CODE = [
  ['apps/api/src/posts/planted.ts', 'export const port = process.env.PORT;', 'no-restricted-syntax'],
  [
    'apps/api/src/posts/planted.ts',
    "import { env } from 'node:process';\nexport const port = env.PORT;",
    'no-restricted-imports',
  ],
  ['apps/api/src/posts/planted.ts', 'export const all = (sql, name) => sql.raw(name);', 'no-restricted-syntax'],
  [
    'apps/api/src/posts/planted.ts',
    'export const clear = (db, posts) => db.delete(posts);',
    'drizzle/enforce-delete-with-where',
  ],
  [
    'apps/api/src/posts/planted.ts',
    'export const close = (tx, posts) => tx.update(posts).set({ state: 1 });',
    'drizzle/enforce-update-with-where',
  ],
  ['apps/api/src/posts/planted.test.ts', "it.only('accepts', () => {});", 'no-restricted-syntax'],
  ['apps/api/src/posts/planted.test.ts', "describe.skip('accepts', () => {});", 'no-restricted-syntax'],
  ['packages/domain/src/posts/planted.ts', 'export const now = () => Date.now();', 'no-restricted-syntax'],
  ['packages/domain/src/posts/planted.ts', 'export const now = () => new Date();', 'no-restricted-syntax'],
  ['packages/domain/src/posts/planted.ts', 'export const die = () => Math.random();', 'no-restricted-syntax'],
  [
    'apps/web/src/routes/planted.svelte',
    '<script lang="ts">let { text } = $props();</script>{@html text}',
    'svelte/no-at-html-tags',
  ],
  [
    'apps/web/src/lib/planted.ts',
    'export const show = (node, text) => { node.innerHTML = text; };',
    'no-unsanitized/property',
  ],
  ['apps/api/src/posts/planted.ts', 'export const slow = /^(a+)+$/;', 'regexp/no-super-linear-backtracking'],
];

for (const [filePath, code, rule] of PLANTED_CODE)
  test(`${rule} sees ${code.slice(0, 60)} in ${filePath}`, async () => {
    const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, filePath) });
    const seen = result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? [];
    assert.ok(seen.includes(rule), `saw ${seen.join(', ') || 'nothing'}`);
  });

test('env.ts may read the environment, and the domain may be told the time', async () => {
  const lint = (/** @type {string} */ filePath, /** @type {string} */ code) =>
    eslint.lintText(code, { filePath: join(root, filePath) });
  const [env] = await lint('apps/api/src/env.ts', 'export const port = process.env.PORT;\n');
  const [rule] = await lint('packages/domain/src/posts/planted.ts', 'export const isPast = (at, now) => at < now;\n');
  assert.deepEqual([env?.messages, rule?.messages], [[], []]);
});

/** @type {[string, string, string, string][]} where, what it imports, the wall, what that file holds */
const PLANTED_IMPORTS = [
  ['apps/web/src/lib/planted.ts', '@palier/db', 'web-never-sees-the-database', ''],
  ['apps/web/src/lib/drizzling.ts', 'drizzle-orm', 'web-never-sees-the-database', ''],
  ['packages/domain/src/posts/planted.ts', 'node:fs', 'domain-is-pure', ''],
  ['packages/domain/src/posts/other.ts', 'pg', 'domain-is-pure', ''],
  ['apps/api/src/posts/planted.ts', 'lucia', 'lucia-in-one-file', ''],
  ['apps/api/src/posts/mailing.ts', 'nodemailer', 'nodemailer-in-one-file', ''],
  ['apps/api/src/posts/pushing.ts', 'web-push', 'web-push-in-one-file', ''],
  ['apps/api/src/posts/ringing.ts', '@nats-io/transport-node', 'nats-in-one-file', ''],
  ['apps/api/src/posts/queueing.ts', 'pg-boss', 'pg-boss-at-its-doors', ''],
  [
    'apps/api/src/posts/reaching.ts',
    '../favours/accept-post.ts',
    'capability-by-its-index',
    'apps/api/src/favours/accept-post.ts',
  ],
  ['packages/db/src/climbing.ts', '../../../apps/api/src/app.ts', 'packages-never-import-apps', 'apps/api/src/app.ts'],
  ['apps/e2e/src/knowing.ts', '../../api/src/app.ts', 'e2e-is-a-stranger', 'apps/api/src/app.ts'],
  ['apps/api/src/posts/testing.ts', './open.test.ts', 'tests-stay-out-of-code', 'apps/api/src/posts/open.test.ts'],
  ['apps/api/src/posts/circle.ts', './circle-back.ts', 'no-cycle', 'apps/api/src/posts/circle-back.ts'],
  ['apps/api/src/posts/missing.ts', './nowhere.ts', 'resolves', ''],
];

/** @param {string} folder */
const plant = (folder) => {
  /** @param {string} path @param {string} text */
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('package.json', '{ "type": "module" }');
  for (const [, , , target] of PLANTED_IMPORTS) if (target) write(target, 'export const x = 1;\n');
  for (const [path, imported] of PLANTED_IMPORTS)
    write(path, `import * as it from '${imported}';\nexport const there = it;\n`);
  write('apps/api/src/posts/circle-back.ts', "import { there } from './circle.ts';\nexport const x = there;\n");
};

test('the walls see each planted import', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'palier-walls-'));
  t.after(() => rmSync(folder, { recursive: true }));
  plant(folder);
  const config = join(root, 'packages/tooling/dependency-cruiser.config.mjs');
  const command = join(root, 'packages/tooling/node_modules/.bin/depcruise');
  const cruise = () =>
    execFileSync(command, ['--config', config, '--output-type', 'json', 'apps', 'packages'], {
      cwd: folder,
      encoding: 'utf8',
    });
  const { summary } = JSON.parse(cruise());
  /** @type {{ rule: { name: string }, from: string, to: string }[]} */
  const violations = summary.violations;
  const seen = new Set(violations.flatMap(({ rule, from, to }) => [`${rule.name} ${from}`, `${rule.name} ${to}`])); // a cycle is told from either end
  const missed = PLANTED_IMPORTS.map(([path, , wall]) => `${wall} ${path}`).filter((wanted) => !seen.has(wanted));
  assert.deepEqual(missed, []);
});

test('the lockfile is read, and what is old or loose in it is seen', () => {
  const lockfile = textOf('pnpm-lock.yaml');
  assert.deepEqual(unlocked(lockfile), []);
  assert.equal(
    unlocked(lockfile.replace(/\{integrity: sha512-[^}]*\}/, '{tarball: https://example.org/a.tgz}')).length,
    1,
  );
  const old = lockfile.replace(/^ {2}ws@8\.[\d.]+:$/m, '  ws@8.20.1:');
  assert.deepEqual(wrongVersions(old), ['ws 8.20.1 is outside the versions allowed']);
});
