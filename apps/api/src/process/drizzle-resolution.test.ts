import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const here = new URL('./', import.meta.url).href;

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): string => {
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: import.meta.dirname,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (!stdout) throw new Error(stderr);
  return stdout;
};

/** What a program in this folder is told of names, in a process of its own, with or without the quick way. */
const resolutions = (isQuick: boolean): unknown => {
  const program = `
    import { createRequire } from 'node:module';
    import { resolveDrizzleQuickly } from '${here}drizzle-resolution.ts';
    if (${isQuick}) resolveDrizzleQuickly();
    const names = ['drizzle-orm', 'drizzle-orm/pg-core', 'drizzle-orm/node-postgres', 'fastify'];
    const { is, Table } = await import('drizzle-orm');
    const { pgTable, integer } = await import('drizzle-orm/pg-core');
    console.log(JSON.stringify({
      imported: [...names, ...names].map((name) => import.meta.resolve(name)),
      required: names.map((name) => createRequire('${here}').resolve(name)),
      isShared: is(pgTable('t', { id: integer() }), Table),
      absent: await import('drizzle-orm/no-such-part').catch((error) => error.code),
    }));`;
  return JSON.parse(run(['--input-type=module', '--eval', program]));
};

test('the quick way finds the files that Node finds, for what is imported and what is required', () => {
  const plain = resolutions(false);
  expect(resolutions(true)).toEqual(plain);
  expect(plain).toMatchObject({ isShared: true, absent: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
});

test.each(['server.ts', 'cli.ts'])('%s reads nothing of drizzle before it has the quick way', (program) => {
  const spy = `
    import module from 'node:module';
    const register = module.registerHooks;
    const early = [];
    register({ resolve: (name, context, next) => (name.startsWith('drizzle') && early.push(context.parentURL), next(name, context)) });
    module.registerHooks = () => (console.log('early: ' + early), process.exit());
    module.syncBuiltinESMExports();`;
  const preload = `data:text/javascript,${encodeURIComponent(spy)}`;
  expect(run(['--import', preload, join(import.meta.dirname, '..', program)])).toBe('early: \n');
});
