import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Env } from '../env.ts';
import { auditReleases, buildReleases, correctRelease, importOutlines, refreshBoards } from '../insights/index.ts';
import { withOperator } from './context.ts';
import { OperatorRefusal } from './refusal.ts';

type Say = (line: string) => void;

/** An outline that says no licence may not be loaded: what is published from it must name its source. */
type OutlineOptions = { source: string; licence: string };

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new OperatorRefusal(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : error}`);
  }
};

/** What the town halls see: outlines, releases and their audit. */
export const townCommands = (readEnv: () => Env, say: Say, tell: Say): Command[] => [
  new Command('outlines').description('outlines of communes, from which quarters are made').addCommand(
    new Command('import')
      .description('load outlines from a GeoJSON file: features with the INSEE code in `code`')
      .argument('<file>', 'a FeatureCollection of Polygons and MultiPolygons, WGS 84')
      .requiredOption('--source <words>', 'who made it and when, such as "IGN Admin Express COG 2026"')
      .requiredOption('--licence <name>', 'under which licence, such as "Licence Ouverte 2.0"')
      .action((file: string, options: OutlineOptions) =>
        withOperator(readEnv(), tell, async (ctx) =>
          say(`outlines: ${await importOutlines(ctx, { geojson: readJson(file), ...options })}`),
        ),
      ),
  ),
  new Command('build-releases')
    .description('build every closed week and month that is due, now rather than within the hour')
    .argument('[insee...]', 'these communes alone')
    .action((communes: string[]) =>
      withOperator(readEnv(), tell, async (ctx) => {
        const began = performance.now();
        const built = await buildReleases(ctx, { ...(communes.length > 0 && { communes }), say: tell });
        await refreshBoards(ctx);
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        say(`releases: ${built} in ${seconds} s, ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB at most`);
      }),
    ),
  new Command('correct-release')
    .description('publish the next number of a release from the rows of today; the one before stays')
    .argument('<insee>', 'INSEE code')
    .argument('<period>', 'a month or a week that was released, such as 2026-10 or 2026-W41')
    .requiredOption('--reason <words>', 'why, for the log')
    .action((insee: string, period: string, { reason }: { reason: string }) =>
      withOperator(readEnv(), tell, async (ctx) => {
        const number = await correctRelease(ctx, { insee, period, reason });
        if (number === null)
          throw new OperatorRefusal(`${insee} ${period}: nothing was released, or nothing of it may be told otherwise`);
        say(`${insee} ${period}: release ${number}; those before stay as they were published`);
      }),
    ),
  new Command('audit-release')
    .description('play the attacker over everything published of communes, and compare it with its hashes')
    .argument('<insee...>', 'INSEE codes')
    .action((communes: string[]) =>
      withOperator(readEnv(), tell, async (ctx) => {
        let faults = 0;
        for (const insee of communes) {
          const { releases, hiddenCells, narrow, changed, otherwise } = await auditReleases(ctx, insee);
          for (const { cell, from, to } of narrow)
            say(`${insee} held too narrowly: ${cell} is between ${from} and ${to}`);
          for (const period of changed) say(`${insee} ${period}: its bytes are not those that were published`);
          for (const period of otherwise) tell(`${insee} ${period}: the rows of today would give another release`);
          say(`${insee}: ${releases} releases, ${hiddenCells} hidden cells, ${narrow.length} held too narrowly`);
          faults += narrow.length + changed.length;
        }
        if (faults > 0) throw new Error(`${faults} faults in what was published`);
      }),
    ),
];
