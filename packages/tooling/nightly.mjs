// `npm run nightly`: the suites at their full sizes, one after the other, each with its own bound; 80 minutes at most.
// NIGHTLY=1 is what the suites read to take their full size.
import { join } from 'node:path';
import { root } from './check/tree.mjs';
import { run } from './run.mjs';

const MINUTE_MS = 60_000;
const vitest = join(root, 'node_modules/vitest/vitest.mjs');

/** @type {{ title: string, cwd: string, args: string[], minutes: number }[]} */
const SUITES = [
  { title: 'unit, integration and live tests at full size', cwd: '.', args: [vitest, 'run'], minutes: 30 },
  {
    title: 'end to end, the whole grid',
    cwd: 'apps/e2e',
    args: [vitest, 'run', '--config', 'vitest.config.ts'],
    minutes: 25,
  },
  { title: 'benches', cwd: '.', args: ['apps/bench/src/main.ts', 'all'], minutes: 25 },
];

/** @type {string[]} */
const summary = [];
for (const { title, cwd, args, minutes } of SUITES) {
  console.log(`\n== ${title} (${minutes} min at most)`);
  const env = { ...process.env, NIGHTLY: '1' };
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
