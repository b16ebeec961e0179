import { inTurn } from '../run.mjs';

/** @param {number} since */
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs steps, says each one's name, result and time, and shows what the failed ones said.
 * @param {import('./steps.mjs').Step[]} steps
 * @param {number} atOnce
 * @returns {Promise<{ passed: number, failed: number, failures: string[] }>}
 */
export const runSteps = async (steps, atOnce) => {
  const startedAt = performance.now();
  const results = await inTurn(steps, atOnce, async ({ name, work }) => {
    const since = performance.now();
    const { ok, text } = await work().catch((error) => ({ ok: false, text: String(error.stack ?? error) }));
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds(since)})`);
    if (!ok) console.log(text.trimEnd().replace(/^/gm, '    '));
    return ok ? null : `${name}\n${text}`;
  });
  const failures = results.filter((failure) => failure !== null);
  const counts = { passed: results.length - failures.length, failed: failures.length };
  console.log(`check: ${counts.passed} of ${results.length} steps hold, ${seconds(startedAt)}`);
  return { ...counts, failures };
};
