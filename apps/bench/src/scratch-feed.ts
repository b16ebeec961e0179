import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDriver } from './drivers/driver.ts';
import { loadNow } from './figures/machine.ts';
import { alternate } from './rounds.ts';
import { openSessions } from './stage/people.ts';
import { openRegion } from './stage/region.ts';
import { newFolder } from './stage/store.ts';
import { densestCommunes } from './stage/towns.ts';

const region = await openRegion(console.log);
try {
  await region.grow(Number(process.argv[2] ?? 1_000_000));
  const { store, towns } = region;
  const mixed = await openSessions(store, 1000);
  const dense = await openSessions(store, 1000, 'commune = any($1)', densestCommunes(towns, 8));
  console.log('ready', loadNow());
  const end = Date.now() + 40 * 60_000;
  while (Date.now() < end) {
    if (!existsSync('/tmp/feed-go')) {
      await sleep(500);
      continue;
    }
    const asked = readFileSync('/tmp/feed-go', 'utf8').trim();
    rmSync('/tmp/feed-go');
    if (asked === 'stop') break;
    const { dir, remove } = newFolder();
    const app = startDriver<any, any>('drivers/scratch-app.ts');
    const driver = startDriver<any, any>('drivers/http.ts');
    try {
      const origin = await app.ask({ op: 'open', url: store.appUrl, dir: join(dir, 'app') });
      const side = (path: string, readers: any[]) => async () =>
        (
          await driver.ask({
            origin,
            method: 'GET',
            paths: [path],
            cookies: readers.map((r) => r.cookie),
            connections: 50,
            seconds: 2,
          })
        ).perSecond;
      const [few, fewDense] = [mixed.slice(0, 50), dense.slice(0, 50)];
      if (asked.includes('sql'))
        console.log(
          'sql',
          await alternate(2, {
            empty: side('/api/bench/empty', few),
            mixed: side('/api/posts', few),
            dense: side('/api/posts', fewDense),
          }),
        );
      console.log(
        'warm',
        await app.ask({
          op: 'warm',
          wait: !asked.includes('cold'),
          options: asked.includes('cold') ? { isWarming: false } : {},
        }),
        loadNow(),
      );
      await side('/api/posts', mixed)();
      const sides: any = {
        empty: side('/api/bench/empty', few),
        mixed: side('/api/posts', few),
        dense: side('/api/posts', fewDense),
        recent: side('/api/posts?sort=recent', fewDense),
        page: side('/api/posts?within=1000&category=pets', fewDense),
      };
      const seen: any = await alternate(3, sides);
      for (const k of Object.keys(seen)) console.log(k, Math.round(seen[k]), (seen[k] / seen.empty).toFixed(3));
      console.log(await app.ask({ op: 'reads' }), loadNow());
      if (asked.includes('profile')) {
        await app.ask({ op: 'profile' });
        await side('/api/posts', few)();
        await side('/api/posts', few)();
        await app.ask({ op: 'profiled', file: '/tmp/feed.cpuprofile' });
      }
    } catch (e) {
      console.log(e);
    } finally {
      await driver.stop();
      await app.stop();
      remove();
      console.log('done', asked);
    }
  }
} finally {
  await region.store.close();
}
