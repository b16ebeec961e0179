import { expect, test } from 'vitest';
import { barMs, newDataDir, runServer, until } from './run-server.ts';

const DATA_DIR = newDataDir();
const settings = { DATA_DIR, DEMO: 'off' };
type Server = Awaited<ReturnType<typeof runServer>>;
type Taken = { begun: number; ended: number | null };

/** Four readers who download papers one after the other, as fast as they are answered (again, where the machine is full), until `isOver`, or until nobody answers; when each began, and when the whole of it had come. */
const download = async (server: Server, isOver: (taken: readonly Taken[]) => boolean): Promise<Taken[]> => {
  const path = `${server.url}/api/kits/heatwave/download?paper=slips&locale=fr`;
  const taken: Taken[] = [];
  const reader = async (): Promise<void> => {
    while (!isOver(taken)) {
      const one: Taken = { begun: performance.now(), ended: null };
      taken.push(one);
      try {
        const answer = await fetch(path);
        if (answer.status === 503) {
          taken.splice(taken.indexOf(one), 1); // a full machine said so, and counts nothing
          continue;
        }
        expect(answer.status).toBe(200);
        expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(5_000);
        one.ended = performance.now();
      } catch (error) {
        if (server.child.exitCode === null && !server.child.killed) throw error;
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: 4 }, reader));
  return taken;
};

const counted = async (server: Server): Promise<number> => {
  const ask = () => fetch(`${server.url}/api/kits/heatwave`);
  let answer = await ask();
  await until('the count', async () => {
    if (answer.status === 503) answer = await ask();
    return answer.status !== 503;
  });
  return ((await answer.json()) as { downloads: number }).downloads;
};

test('downloads are counted to the unit after a graceful stop, and one second behind at most after kill -9 in the midst of them', async () => {
  const first = await runServer(settings);
  await first.ready();
  const whole = (await download(first, (taken) => taken.length >= 230)).length;
  expect((await first.stop()).code).toBe(0); // at once after the last one: what waited was written by the stop

  const second = await runServer(settings);
  await second.ready();
  expect(await counted(second)).toBe(whole);
  const behindMs = barMs(1_000);
  /** How many were over more than so long before this instant, and how many since. */
  const countAt = (taken: readonly Taken[], at: number) => {
    const over = taken.flatMap(({ ended }) => ended ?? []);
    const older = over.filter((ended) => ended < at - behindMs).length;
    return { older, inTheSecond: over.length - older };
  };
  let killedAt = 0;
  const taken = await download(second, (sofar) => {
    const { older, inTheSecond } = countAt(sofar, performance.now());
    if (killedAt === 0 && Math.min(older, inTheSecond) > 40) {
      killedAt = performance.now();
      second.child.kill('SIGKILL');
    }
    return killedAt > 0;
  });
  await second.ended;

  const third = await runServer(settings);
  await third.ready();
  const kept = (await counted(third)) - whole;
  await third.stop();
  const { older, inTheSecond } = countAt(taken, killedAt);
  expect(Math.min(older, inTheSecond)).toBeGreaterThan(20); // there was something to lose, and something to keep
  expect(kept).toBeGreaterThanOrEqual(older); // nothing older than a second is lost
  expect(kept).toBeLessThanOrEqual(taken.length); // and nothing is counted twice
});
