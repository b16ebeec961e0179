import { benchAccept } from './benches/accept.ts';
import type { Bench } from './benches/bench.ts';
import { benchFanOut } from './benches/fan-out.ts';
import { benchFeed } from './benches/feed.ts';
import { benchGrowth } from './benches/growth.ts';
import { benchInsights } from './benches/insights.ts';
import { benchKits } from './benches/kits.ts';
import { benchNearby } from './benches/nearby.ts';
import { benchPages } from './benches/pages.ts';
import { benchPublish } from './benches/publish.ts';
import { benchStart } from './benches/start.ts';
import { commitNow, loadNow } from './figures/machine.ts';
import { countVerdicts, tellFigure } from './figures/tell.ts';
import { type Ran, writeResults } from './figures/write.ts';
import { openRegion, type Region } from './stage/region.ts';

/** In the order in which `all` runs them: those that share the region one after the other, the one that stops its database last. */
const benches: Readonly<Record<string, Bench>> = {
  accept: benchAccept,
  posts: benchPublish,
  'fan-out': benchFanOut,
  kits: benchKits,
  insights: benchInsights,
  growth: benchGrowth,
  pages: benchPages,
  nearby: benchNearby,
  feed: benchFeed,
  start: benchStart,
};

const say = (line: string): void => console.log(`  … ${line}`);

const runBench = async (name: string, bench: Bench, region: () => Promise<Region>): Promise<Ran> => {
  console.log(`\n${name}`);
  const loadBefore = loadNow();
  const start = performance.now();
  let [figures, failed]: [Ran['figures'], string | undefined] = [[], undefined];
  try {
    figures = await bench({ say, region });
  } catch (error) {
    failed = error instanceof Error ? error.message : String(error);
    console.error(error);
  }
  const ran: Ran = {
    name,
    at: new Date().toISOString(),
    commit: commitNow(),
    seconds: Math.round((performance.now() - start) / 1_000),
    loadBefore,
    loadAfter: loadNow(),
    figures,
    ...(failed !== undefined && { failed }),
  };
  for (const figure of figures) console.log(tellFigure(figure));
  console.log(`  ${ran.seconds} s, load average ${ran.loadBefore} before and ${ran.loadAfter} after`);
  return ran;
};

const asked = process.argv[2] ?? '';
const isWritten = asked === 'all' || process.argv[3] === '--write';
const names = asked === 'all' ? Object.keys(benches) : Object.hasOwn(benches, asked) ? [asked] : [];
if (names.length === 0) {
  console.error(`pnpm bench <name> [--write], one of: ${[...Object.keys(benches), 'all'].join(', ')}`);
  process.exit(2);
}

let region: Promise<Region> | undefined;
const ran: Ran[] = [];
try {
  for (const name of names) {
    const bench = benches[name];
    if (bench) ran.push(await runBench(name, bench, () => (region ??= openRegion(say))));
  }
} finally {
  await (await region?.catch(() => undefined))?.store.close();
}
if (isWritten) writeResults(ran, Object.keys(benches));
const figures = ran.flatMap((one) => one.figures);
const { met, missed } = countVerdicts(figures);
console.log(`\n${met} bars met, ${missed} missed`);
// A bar missed is a figure to read; an answer that is wrong, or a bench that broke, is a failure.
const isWrong = figures.some(({ unit, seen }) => unit === 'wrong' && seen > 0);
process.exitCode = isWrong || ran.some(({ failed }) => failed !== undefined) ? 1 : 0;
