import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { visitor } from '../harness/caller.ts';

const require = createRequire(import.meta.url);
/** The command of a package that hangs from this workspace. */
const commandOf = (name: string): string => {
  const file = require.resolve(`${name}/package.json`);
  const { bin } = require(file) as { bin: string | Record<string, string> };
  return join(dirname(file), typeof bin === 'string' ? bin : (Object.values(bin)[0] ?? ''));
};

test('other people’s tools find nothing wrong with the API’s own description, and make a client of it', async () => {
  const { text } = await visitor().get('/api/openapi.json');
  const folder = mkdtempSync(join(tmpdir(), 'palier-openapi-'));
  writeFileSync(join(folder, 'openapi.json'), text);
  const run = (name: string, ...args: string[]) =>
    spawnSync(process.execPath, [commandOf(name), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off' },
    });
  const lint = run('@redocly/cli', 'lint', 'openapi.json', '--extends=minimal', '--format=stylish');
  expect(lint.status, `${lint.stdout}\n${lint.stderr}`.slice(-4000)).toBe(0);
  const made = run('openapi-typescript', 'openapi.json', '-o', 'client.d.ts');
  expect(made.status, made.stderr).toBe(0);
});
