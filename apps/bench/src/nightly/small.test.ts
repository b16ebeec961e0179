import { availableParallelism, loadavg } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isMet } from '../figures/figure.ts';
import { killApi } from './faults/kill-api.ts';
import { killBackends } from './faults/kill-backends.ts';
import { loseBroker } from './faults/lose-broker.ts';
import { restartPostgres } from './faults/restart-postgres.ts';
import { stopNode } from './faults/stop-node.ts';
import { terminate } from './faults/terminate.ts';
import { type Finding, tellFinding } from './finding.ts';
import { type Crowd, openCrowd } from './rig/crowd.ts';
import type { Fault, Size } from './scenario.ts';

// The faults of `pnpm nightly` at the size of a few seconds each, by the same code: what is lost, doubled or out of order fails whatever the machine;
// a bar of time is four times as wide while the machine has more to run than processors.
const size: Size = { scale: 0.1, isSmall: true, seed: 20_261_122, say: () => undefined };
let crowd: Crowd;
beforeAll(async () => {
  crowd = await openCrowd({ readers: 40, authors: 24, residences: 8 });
}, 60_000);
afterAll(() => crowd.store.close());

const judge = (findings: readonly Finding[]): void => {
  const slack = (loadavg()[0] ?? 0) > availableParallelism() ? 4 : 1.5;
  for (const finding of findings) console.log(tellFinding(finding));
  const isMissed = ({ seen, bar, isWrong }: Finding): boolean =>
    isMet({ seen: isWrong ? seen : seen / slack, bar }) === false;
  expect(findings.filter(isMissed).map(tellFinding)).toEqual([]);
};
const survives = (name: string, fault: Fault): void => {
  test(name, { timeout: 120_000 }, async () => judge(await fault(crowd, size)));
};

survives('F1: kill -9 of the API under load', killApi);
survives('F3: database connections ended at random', killBackends);
survives('F4: the broker never started, come, killed, come back empty', loseBroker);
survives('F11: the process that stamps stopped dead, and woken as a zombie', stopNode);
survives('F15: SIGTERM with sockets that answer nothing', terminate);
test('F2: PostgreSQL stopped in each of its ways', { timeout: 120_000 }, async () =>
  judge(await restartPostgres(size)),
);
