import { parseArgs } from 'node:util';
import { isMet } from '../figures/figure.ts';
import { halfOpen } from './faults/half-open.ts';
import { killApi } from './faults/kill-api.ts';
import { killBackends } from './faults/kill-backends.ts';
import { loseBroker } from './faults/lose-broker.ts';
import { mangle } from './faults/mangle.ts';
import { restartPostgres } from './faults/restart-postgres.ts';
import { flooded, slowReaders } from './faults/slow-readers.ts';
import { stopNode } from './faults/stop-node.ts';
import { terminate } from './faults/terminate.ts';
import { type Finding, loadNow, tellFinding } from './finding.ts';
import { mixedLoad, postLoad } from './load/call-load.ts';
import { heatwaveMorning } from './load/heatwave-morning.ts';
import { kitCrisis } from './load/kit-crisis.ts';
import { alertAll, socketLoad } from './load/socket-load.ts';
import { twoNodes } from './load/two-nodes.ts';
import { openCrowd } from './rig/crowd.ts';
import type { Fault, Load, Size } from './scenario.ts';

// `node apps/bench/src/nightly/main.ts [L1 F4 …] [--scale 0.2] [--seed 7] [--small]`: the load and fault tests of `pnpm nightly`, all or some.
// A bar missed is a figure to read; what is lost, doubled or out of order is a failure.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: 'string', default: '1' },
    seed: { type: 'string', default: '20261122' },
    small: { type: 'boolean', default: false },
  },
});
const size: Size = {
  scale: Number(values.scale),
  isSmall: values.small,
  seed: Number(values.seed),
  say: (line) => console.log(`  … ${line}`),
};

/** A fault with a crowd of its own. */
const over =
  (readers: number, fault: Fault): Load =>
  async (asked) => {
    const crowd = await openCrowd({
      readers: Math.max(20, Math.round(readers * asked.scale)),
      authors: 60,
      residences: 20,
    });
    try {
      return await fault(crowd, asked);
    } finally {
      await crowd.store.close();
    }
  };
const scenarios: readonly [string, Load][] = [
  ['L1', socketLoad],
  ['L2', postLoad],
  ['L3', mixedLoad],
  ['L4', alertAll],
  ['L5', twoNodes],
  ['L6', heatwaveMorning],
  ['L8', kitCrisis],
  ['F1', over(200, killApi)],
  ['F2', restartPostgres],
  ['F3', over(200, killBackends)],
  ['F4', over(200, loseBroker)],
  ['F6', over(200, halfOpen)],
  ['F7', over(400, slowReaders)],
  ['F7', over(40, flooded)],
  ['F10', over(100, mangle)],
  ['F11', over(200, stopNode)],
  ['F15', over(1_000, terminate)],
];

/** What mostly waits for clocks of its own: run one after the other beside the ten minutes of L6, whose bars are a minute and nothing lost. */
const besideL6 = new Set(['F4', 'F6', 'F10', 'F11', 'F15']);
const chosen = scenarios.filter(([id]) => positionals.length === 0 || positionals.includes(id));
if (chosen.length === 0 || !(size.scale > 0 && size.scale <= 1)) {
  console.error(`nightly [${[...new Set(scenarios.map(([id]) => id))].join(' ')}] [--scale 0…1] [--seed n] [--small]`);
  process.exit(2);
}
console.log(`scale ${size.scale}, seed ${size.seed}, load average ${loadNow()}`);
const findings: Finding[] = [];
let broken = 0;
const runOne = async ([id, run]: (typeof scenarios)[number]): Promise<void> => {
  const startMs = performance.now();
  const loadBefore = loadNow();
  try {
    const seen = await run(size);
    for (const finding of seen) console.log(tellFinding(finding));
    findings.push(...seen);
  } catch (error) {
    broken += 1;
    console.error(error);
  }
  console.log(
    `${id} took ${((performance.now() - startMs) / 1_000).toFixed(0)} s, load average ${loadBefore} before and ${loadNow()} after\n`,
  );
};
const runAll = async (some: typeof scenarios): Promise<void> => {
  for (const one of some) await runOne(one);
};
const hasL6 = chosen.some(([id]) => id === 'L6');
const company = chosen.filter(([id]) => hasL6 && besideL6.has(id));
for (const one of chosen) {
  if (company.includes(one)) continue;
  if (one[0] === 'L6') await Promise.all([runOne(one), runAll(company)]);
  else await runOne(one);
}
const missed = findings.filter((finding) => isMet(finding) === false);
const wrong = missed.filter(({ isWrong }) => isWrong).length;
console.log(
  `${findings.length - missed.length} bars met, ${missed.length} missed, of them ${wrong} lost, doubled or out of order; ${broken} broken`,
);
process.exitCode = wrong > 0 || broken > 0 ? 1 : 0;
