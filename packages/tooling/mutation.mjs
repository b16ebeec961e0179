// Mutation testing (quality.md 4): each rule is changed in small ways, one at a time, and its tests have to notice. Part of `npm run nightly`.
// Some files alone: `npm run nightly mutation 'src/matching/score.ts'`. Copies are changed, in `.stryker-tmp`, never the files themselves.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';

const here = dirname(fileURLToPath(import.meta.url));
const LEAST_PERCENT = 90;

/** @type {{ cwd: string, vitest: string, mutate: string[] }[]} */
const AREAS = [
  {
    cwd: 'packages/domain',
    vitest: 'domain.vitest.mjs',
    mutate: ['src/{matching,places,insights}/**/*.ts', 'src/**/lifecycle.ts'],
  },
];

const wanted = process.argv.slice(2);
for (const { cwd, vitest, mutate } of AREAS) {
  process.chdir(join(here, '../..', cwd));
  const stryker = new Stryker({
    plugins: [import.meta.resolve('@stryker-mutator/vitest-runner')],
    testRunner: 'vitest',
    vitest: { configFile: join(here, 'mutation', vitest), related: true },
    mutate: [...(wanted.length > 0 ? wanted : mutate), '!src/**/*.test.ts', '!src/**/fixtures/**'],
    coverageAnalysis: 'perTest',
    ignoreStatic: true, // lists read once when a module loads: a process a mutant, an hour for what types and other tests hold
    cleanTempDir: 'always',
    concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 2),
    reporters: ['clear-text'],
    clearTextReporter: { allowColor: false, reportTests: false },
    thresholds: { high: 100, low: LEAST_PERCENT, break: LEAST_PERCENT },
  });
  await stryker.runMutationTest(); // sets the exit code under the least score
}
