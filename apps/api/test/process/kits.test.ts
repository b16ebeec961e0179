import { expect, test } from 'vitest';
import { newDataDir, runServer, until } from './run-server.ts';

const DATA_DIR = newDataDir();
const settings = { DATA_DIR, DEMO: 'off' };
type Server = Awaited<ReturnType<typeof runServer>>;

const take = async (server: Server, papers: number): Promise<void> => {
  const path = `${server.url}/api/kits/heatwave/download?paper=slips&locale=fr`;
  for (let left = papers; left > 0; left -= 20)
    await Promise.all(
      Array.from({ length: Math.min(20, left) }, async () => {
        const answer = await fetch(path);
        expect(answer.status).toBe(200);
        expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(5_000);
      }),
    );
};
const counted = async (server: Server): Promise<number> => {
  const answer = await fetch(`${server.url}/api/kits/heatwave`);
  return ((await answer.json()) as { downloads: number }).downloads;
};

test('downloads are counted to the unit after a graceful stop, and what was older than a second after kill -9', async () => {
  const first = await runServer(settings);
  await first.ready();
  await take(first, 230);
  expect((await first.stop()).code).toBe(0);

  const second = await runServer(settings);
  await second.ready();
  expect(await counted(second)).toBe(230);
  await take(second, 70);
  await until('counted while it runs', async () => (await counted(second)) === 300);
  await take(second, 40);
  await second.stop('SIGKILL');

  const third = await runServer(settings);
  await third.ready();
  const kept = await counted(third);
  expect(kept).toBeGreaterThanOrEqual(300); // the last forty were taken within the last second
  expect(kept).toBeLessThanOrEqual(340);
  await third.stop();
});
