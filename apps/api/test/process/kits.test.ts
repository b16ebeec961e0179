import { expect, test } from 'vitest';
import { barMs, newDataDir, runServer } from './run-server.ts';

const DATA_DIR = newDataDir();
const settings = { DATA_DIR, DEMO: 'off' };
type Server = Awaited<ReturnType<typeof runServer>>;
type Taken = { begun: number; ended: number | null };

/** Four readers who download papers one after the other, as fast as they are answered, until `isOver`, or until nobody answers; when each began, and when the whole of it had come. */
const download = async (server: Server, isOver: (taken: readonly Taken[]) => boolean): Promise<Taken[]> => {
  const path = `${server.url}/api/kits/heatwave/download?paper=slips&locale=fr`;
  const taken: Taken[] = [];
  const reader = async (): Promise<void> => {
    while (!isOver(taken)) {
      const one: Taken = { begun: performance.now(), ended: null };
      taken.push(one);
      try {
        const answer = await fetch(path);
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
  const answer = await fetch(`${server.url}/api/kits/heatwave`);
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
  const [begunAt, behindMs] = [performance.now(), barMs(1_000)];
  let killedAt = 0;
  const taken = await download(second, () => {
    if (killedAt === 0 && performance.now() - begunAt > behindMs + 900) {
      killedAt = performance.now();
      second.child.kill('SIGKILL');
    }
    return killedAt > 0;
  });
  await second.ended;

  const third = await runServer(settings);
  await third.ready();
  const kept = (await counted(third)) - whole;
  const older = taken.filter(({ ended }) => ended !== null && ended < killedAt - behindMs).length;
  const inTheSecond = taken.filter(({ ended }) => ended !== null && ended >= killedAt - behindMs).length;
  expect(Math.min(older, inTheSecond)).toBeGreaterThan(20); // there was something to lose, and something to keep
  expect(kept).toBeGreaterThanOrEqual(older); // nothing older than a second is lost
  expect(kept).toBeLessThanOrEqual(taken.length); // and nothing is counted twice
  await third.stop();
});
