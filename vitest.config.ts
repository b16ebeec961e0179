import { defineConfig } from 'vitest/config';

/** Pure rules share one process from file to file: nothing in them remembers. */
export const unit = (name: string, root: string) => ({
  test: { name, root, include: ['src/**/*.test.ts'], isolate: false },
});
export const withDatabase = (name: string, root: string) => ({
  test: {
    name,
    root,
    include: ['{src,test}/**/*.test.ts'],
    pool: 'forks' as const,
    globalSetup: [new URL('packages/db/src/testing/global.ts', import.meta.url).pathname],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      unit('domain', 'packages/domain'),
      unit('messages', 'packages/messages'),
      unit('places-data', 'packages/places-data'),
      unit('kits', 'packages/kits'),
      unit('demo', 'packages/demo'),
      unit('web', 'apps/web'),
      withDatabase('db', 'packages/db'),
      withDatabase('api', 'apps/api'),
      { test: { name: 'bench', root: 'apps/bench', include: ['src/**/*.test.ts'] } },
    ],
  },
});
