import { setTimeout as sleep } from 'node:timers/promises';
import { startDriver } from '../../drivers/driver.ts';
import type { Load as HttpLoad, Loaded } from '../../drivers/http.ts';
import { openStore, type Store } from '../../stage/store.ts';
import { atMost, type Finding, mustBeNone } from '../finding.ts';
import { startNode } from '../rig/node.ts';
import { timeUntil } from '../rig/wait.ts';
import type { Load } from '../scenario.ts';

const connections = 50;
/** What people take in a crisis: the whole kit, its papers one by one, from a campaign's page or not. */
const paths = [
  '/api/kits/heatwave/download?locale=fr',
  '/api/kits/heatwave/download?paper=poster&locale=fr&commune=01173',
  '/api/kits/heatwave/download?paper=slips&locale=en',
  '/api/kits/epidemic/download?paper=checklist&locale=fr',
];

const counted = async ({ owner }: Store): Promise<number> => {
  const { rows } = await owner.query<{ count: number }>(
    'select coalesce(sum(count), 0)::int as count from kit_downloads',
  );
  return rows[0]?.count ?? 0;
};

/** Takes a paper; whether it was given whole. A server that has just started may say that it is busy. */
const take = async (url: string): Promise<boolean> => {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (answer.status !== 200) await sleep(100);
  return answer.status === 200;
};

/** Takes each paper once: they are drawn, as they were before the crisis. */
const takeOnce = async (origin: string): Promise<void> => {
  for (const path of paths) await timeUntil(() => take(origin + path), 30_000);
};

/** Takes papers from fifty callers until the server dies; resolves with when each whole answer was read. */
const takeUntilGone = async (origin: string): Promise<number[]> => {
  const answeredAt: number[] = [];
  const call = async (): Promise<void> => {
    for (let n = 0; ; n += 1) if (await take(`${origin}${paths[n % paths.length]}`)) answeredAt.push(performance.now());
  };
  await Promise.allSettled(Array.from({ length: connections }, call));
  return answeredAt;
};

/** L8: 500,000 papers of kits in ten minutes, counted to the unit after a graceful stop; then `kill -9` amid them: the count is a second behind at most. */
export const kitCrisis: Load = async ({ scale, isSmall, say }) => {
  const [downloads, withinS] = [Math.round(500_000 * scale), 600 * scale];
  const store = await openStore();
  const node = await startNode(`${store.dir}/app`, store);
  const driver = startDriver<HttpLoad, Loaded>('drivers/http.ts');
  const findings: Finding[] = [];
  try {
    say(`${downloads.toLocaleString('en-GB')} downloads, ${connections} at once`);
    await takeOnce(node.origin);
    const startMs = performance.now();
    const { answered, refused, p99Ms } = await driver.ask({
      ...{ origin: node.origin, method: 'GET', paths, cookies: [''], connections },
      ...{ seconds: withinS, enough: downloads },
    });
    const tookS = (performance.now() - startMs) / 1_000;
    await node.stop();
    const exact = await counted(store);
    findings.push(
      { id: 'L8', what: `downloads within ${withinS} s`, seen: answered, unit: '', bar: { atLeast: downloads } },
      { id: 'L8', what: 'they took', seen: tookS, unit: 's', bar: null },
      { id: 'L8', what: 'a download, p99', seen: p99Ms, unit: 'ms', bar: null },
      atMost('L8', 'downloads refused', refused, '', 0),
      mustBeNone('L8', 'downloads counted wrong after a graceful stop', Math.abs(exact - answered - paths.length)),
    );
    await node.restart();
    await takeOnce(node.origin);
    const taking = takeUntilGone(node.origin);
    await sleep(isSmall ? 2_500 : 15_000); // a run of downloads, which is what is cut
    const killedAt = performance.now();
    node.signal('SIGKILL');
    const answeredAt = await taking;
    const kept = (await counted(store)) - exact;
    const old = answeredAt.filter((at) => at < killedAt - 1_000).length;
    findings.push(
      {
        id: 'L8',
        what: 'downloads over a second before kill -9',
        seen: old,
        unit: '',
        bar: { atLeast: 1 },
        isWrong: true,
      },
      mustBeNone('L8', `downloads over a second old lost by kill -9, of ${old}`, Math.max(0, old - kept)),
      mustBeNone(
        'L8',
        `downloads counted that were not given, of ${answeredAt.length}`,
        Math.max(0, kept - paths.length - answeredAt.length - connections),
      ),
    );
    return findings;
  } finally {
    await driver.stop();
    await node.stop();
    await store.close();
  }
};
