// `npm run nightly`: the suites at their full sizes, one after the other, each with its own bound; 80 minutes at most.
// NIGHTLY=1 is what the suites read to take their full size; NIGHTLY_SCALE (0 to 1) makes the loads and faults smaller on a smaller machine.
// One alone: `npm run nightly load-and-faults`, or of these some: `npm run nightly load-and-faults F1 L5`.
import { join } from 'node:path';
import { root } from './check/tree.mjs';
import { run } from './run.mjs';

const MINUTE_MS = 60_000;
const vitest = join(root, 'node_modules/vitest/vitest.mjs');

/** What several people see live of one another: where three processes could differ from one. */
const CLUSTER_STORIES = ['three-residents', 'two-neighbours-talk', 'told-as-chosen'].map(
  (name) => `src/stories/${name}.test.ts`,
);

/** @type {{ name: string, title: string, cwd: string, args: string[], env?: Record<string, string>, minutes: number }[]} */
const SUITES = [
  {
    name: 'unit',
    title: 'unit, integration and live tests at full size',
    cwd: '.',
    args: [vitest, 'run'],
    minutes: 16,
  },
  {
    name: 'load-and-faults',
    title: 'loads and faults, with the history checker',
    cwd: '.',
    args: ['apps/bench/src/nightly/main.ts', '--scale', process.env.NIGHTLY_SCALE ?? '1', ...process.argv.slice(3)],
    minutes: 26, // some twenty of them waits: what waits for its own clocks runs beside the ten minutes of L6
  },
  {
    name: 'e2e',
    title: 'end to end, the whole grid',
    cwd: 'apps/e2e',
    args: [vitest, 'run', '--config', 'vitest.config.ts'],
    minutes: 8,
  },
  {
    name: 'cluster',
    title: 'end to end, against three processes on one origin',
    cwd: 'apps/e2e',
    args: [vitest, 'run', '--config', 'vitest.config.ts', ...CLUSTER_STORIES],
    env: { E2E_PROCESSES: '3' },
    minutes: 3,
  },
  {
    name: 'mutation',
    title: 'mutation testing of the rules',
    cwd: '.',
    args: ['packages/tooling/mutation.mjs', ...process.argv.slice(3)],
    minutes: 10,
  },
  { name: 'benches', title: 'benches', cwd: '.', args: ['apps/bench/src/main.ts', 'all'], minutes: 17 },
];

/** @type {string[]} */
const summary = [];
const wanted = process.argv[2];
if (wanted && !SUITES.some(({ name }) => name === wanted)) {
  console.error(`nightly [${SUITES.map(({ name }) => name).join(' | ')}]`);
  process.exit(2);
}
for (const { name, title, cwd, args, env: own, minutes } of SUITES) {
  if (wanted && name !== wanted) continue;
  console.log(`\n== ${title} (${minutes} min at most)`);
  const env = { ...process.env, NIGHTLY: '1', ...own };
  const { code, ms, timedOut } = await run(process.execPath, args, {
    cwd: join(root, cwd),
    env,
    timeoutMs: minutes * MINUTE_MS,
    stream: true,
  });
  const end = timedOut ? 'stopped at its bound' : code === 0 ? 'passed' : `failed (exit code ${code})`;
  if (timedOut || code !== 0) process.exitCode = 1;
  summary.push(`${title}: ${end}, ${(ms / MINUTE_MS).toFixed(1)} min`);
}
console.log(`\n${summary.join('\n')}`);
