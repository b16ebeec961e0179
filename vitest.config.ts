import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The faults, which wait more than they compute, go beside the API's tests; what ends the run is short. */
const order = ['bench', 'api', 'apart', 'db'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project: { name } }: TestSpecification) =>
      order.includes(name) ? order.indexOf(name) : order.length;
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** Pure rules share one process from file to file: nothing in them remembers. */
export const unit = (name: string, root: string) => ({
  test: { name, root, include: ['src/**/*.test.ts'], isolate: false },
});
const withDatabase = (name: string, root: string) => ({
  name,
  root,
  pool: 'forks' as const,
  globalSetup: [new URL('packages/db/src/testing/global.ts', import.meta.url).pathname],
  testTimeout: 20_000,
  hookTimeout: 60_000,
});

/** What stamps the stream, listens to it or starts processes has a process of its own, and leaves nothing behind. */
const apart = [
  'src/live/**/*.test.ts',
  'src/**/*live*.test.ts',
  'src/posts/memory/histories.test.ts',
  'src/operator/verify-audit.test.ts',
  'test/guards/canaries.test.ts',
  'test/process/**/*.test.ts',
];

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      unit('domain', 'packages/domain'),
      unit('messages', 'packages/messages'),
      unit('places-data', 'packages/places-data'),
      unit('kits', 'packages/kits'),
      unit('demo', 'packages/demo'),
      unit('web', 'apps/web'),
      { test: { ...withDatabase('db', 'packages/db'), include: ['src/**/*.test.ts'] } },
      // A worker loads the application once, for all of its files.
      {
        test: {
          ...withDatabase('api', 'apps/api'),
          include: ['{src,test}/**/*.test.ts'],
          exclude: [...apart, '**/node_modules/**'],
          isolate: false,
        },
      },
      { test: { ...withDatabase('apart', 'apps/api'), include: apart } },
      { test: { name: 'bench', root: 'apps/bench', include: ['src/**/*.test.ts'] } },
    ],
  },
});
