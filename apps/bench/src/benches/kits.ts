import { join } from 'node:path';
import { startDriver } from '../drivers/driver.ts';
import type { Load, Loaded } from '../drivers/http.ts';
import { alternate, type Side } from '../rounds.ts';
import { startServer } from '../stage/server.ts';
import { openStore } from '../stage/store.ts';
import type { Bench } from './bench.ts';

const connections = 50;
const seconds = 2;
const rounds = 3;
const exactly = 20_000;
/** 500,000 downloads in ten minutes. */
const crisisPerSecond = 500_000 / 600;
const downloadPath = '/api/kits/heatwave/download?paper=poster&locale=fr';

/** Takes one paper `exactly` times, whole, from fifty callers; resolves with how many came a second. */
const takeExactly = async (origin: string, paper: string): Promise<number> => {
  const url = `${origin}/api/kits/heatwave/download?paper=${paper}&locale=fr`;
  let left = exactly;
  const start = performance.now();
  const call = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const answer = await fetch(url);
      if (answer.status !== 200) throw new Error(`a download answered ${answer.status}`);
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: connections }, call));
  return exactly / ((performance.now() - start) / 1_000);
};

/** P8: a counted download beside the same application's empty route and beside the crisis it is made for; then as many downloads as the count says, to the unit. */
export const benchKits: Bench = async ({ say }) => {
  const store = await openStore();
  const driver = startDriver<Load, Loaded>('drivers/http.ts');
  try {
    const server = await startServer(join(store.dir, 'app'), store);
    let refused = 0;
    const side =
      (path: string): Side =>
      async () => {
        const loaded = await driver.ask({
          origin: server.origin,
          method: 'GET',
          paths: [path],
          cookies: [''],
          connections,
          seconds,
        });
        refused += loaded.refused;
        return loaded.perSecond;
      };
    const seen = await alternate(rounds, { empty: side('/api/health'), download: side(downloadPath) });
    say(`taking a paper ${exactly.toLocaleString('en-GB')} times`);
    const perSecond = await takeExactly(server.origin, 'checklist');
    await server.stop();
    const { rows } = await store.owner.query<{ count: number }>(
      `select coalesce(sum(count), 0)::int as count from kit_downloads where paper = 'checklist'`,
    );
    const counted = rows[0]?.count ?? 0;
    const rate = (value: number): string => `${Math.round(value).toLocaleString('en-GB')}/s`;
    return [
      {
        id: 'P8',
        what: `a counted download of a kit's poster, ${connections} connections (${refused} refused)`,
        work: rate(seen.download),
        limit: `${rate(seen.empty)}, the same app's empty route`,
        seen: seen.download / seen.empty,
        unit: 'of the limit',
        bar: { atLeast: 0.6 },
      },
      {
        id: 'P8',
        what: 'the same beside 500,000 downloads in ten minutes',
        work: rate(seen.download),
        limit: rate(crisisPerSecond),
        seen: seen.download / crisisPerSecond,
        unit: '×',
        bar: { atLeast: 1 },
      },
      {
        id: 'P8',
        what: `${exactly.toLocaleString('en-GB')} downloads, then a graceful stop: how far the count is off`,
        work: `${counted.toLocaleString('en-GB')} counted, at ${rate(perSecond)}`,
        limit: `${exactly.toLocaleString('en-GB')} whole answers`,
        seen: Math.abs(counted - exactly),
        unit: 'wrong',
        bar: { atMost: 0 },
      },
    ];
  } finally {
    await driver.stop();
    await store.close();
  }
};
