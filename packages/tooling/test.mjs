// `npm test`: the checks, then unit, integration and live tests, then end to end in a browser (`test.mjs e2e`: those alone).
// One stage after the other, since each already fills two cores. The last line is `N passed, N failed`, from the real counts.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSteps } from './check/run-steps.mjs';
import { steps } from './check/steps.mjs';
import { root } from './check/tree.mjs';
import { run } from './run.mjs';

const MINUTE_MS = 60_000;
const scratch = mkdtempSync(join(tmpdir(), 'palier-test-'));
chmodSync(scratch, 0o711); // PostgreSQL runs as another user when the tests run as root
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
process.env.TMPDIR = scratch;

/** @typedef {{ passed: number, failed: number }} Counts */

/** What failed, said again at the very end: a log that is cut keeps its tail. @type {string[]} */
const failures = [];
/** What passed on its second try only: a defect of the test or of the product, to be mended, that alone turns nothing red. @type {string[]} */
const unsteady = [];

/** @typedef {{ status: string, name: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }} FileResult */

/**
 * @param {FileResult[]} files
 * @returns {Counts} whatever did not pass has failed: a test that did not run proves nothing
 */
const countTests = (files) => {
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const broken = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status === 'passed'),
  );
  for (const file of files)
    for (const { status, fullName, failureMessages } of file.assertionResults)
      if (status !== 'passed') failures.push(`${file.name} > ${fullName}\n  ${failureMessages?.[0] ?? status}`);
      else if (failureMessages?.[0]) unsteady.push(`${file.name} > ${fullName}\n  ${failureMessages[0]}`);
  for (const { name, message } of broken) failures.push(`${name}\n  ${message ?? 'failed'}`);
  return { passed, failed: tests.length - passed + broken.length };
};

/**
 * @param {string} title
 * @param {string} name of its report
 * @param {string[]} args
 * @param {{ cwd: string, minutes: number }} options
 * @returns {Promise<Counts>}
 */
const vitest = async (title, name, args, { cwd, minutes }) => {
  console.log(`\n== ${title}`);
  const report = join(scratch, `${name}.json`);
  const command = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...args,
    '--retry=1',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const env = { ...process.env, NODE_ENV: 'test' };
  const { code, timedOut } = await run(process.execPath, command, {
    cwd,
    env,
    timeoutMs: minutes * MINUTE_MS,
    stream: true,
  });
  if (timedOut) console.log(`${title}: stopped after ${minutes} minutes`);
  try {
    const counts = countTests(JSON.parse(readFileSync(report, 'utf8')).testResults);
    if (counts.passed + counts.failed === 0) console.log(`${title}: no test was found`);
    const isSilentFailure = (code !== 0 || timedOut) && counts.failed === 0;
    return counts.passed + counts.failed === 0 || isSilentFailure ? { ...counts, failed: 1 } : counts;
  } catch {
    console.log(`${title}: left no report (exit code ${code})`);
    return { passed: 0, failed: 1 };
  }
};

/** @type {Record<string, () => Promise<Counts>>} */
const stages = {
  check: async () => {
    console.log('== types, lint, walls');
    const counts = await runSteps(steps(), 2);
    failures.push(...counts.failures);
    return counts;
  },
  unit: () => vitest('unit, integration and live tests', 'unit', [], { cwd: root, minutes: 15 }),
  e2e: () =>
    vitest('end to end', 'e2e', ['--config', 'vitest.config.ts'], { cwd: join(root, 'apps/e2e'), minutes: 10 }),
};

const total = { passed: 0, failed: 0 };
const wanted = process.argv[2];
for (const [name, stage] of Object.entries(stages)) {
  if (wanted && wanted !== name) continue;
  const { passed, failed } = await stage();
  total.passed += passed;
  total.failed += failed;
}
for (const passed of unsteady) console.log(`UNSTEADY (passed on its second try) ${passed.slice(0, 1500)}`);
for (const failure of failures) console.log(`FAILED ${failure.slice(0, 1500)}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
console.log(`${total.passed} passed, ${total.failed} failed`);
