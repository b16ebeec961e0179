import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { barOf, type Figure, isMet, seenOf, verdictOf } from './figure.ts';
import { plotGrowth } from './growth-plot.ts';
import { describeMachine } from './machine.ts';
import { plotFigures } from './plot.ts';

const folder = resolve(import.meta.dirname, '../..');

export type Ran = {
  name: string;
  at: string;
  commit: string;
  seconds: number;
  loadBefore: number;
  loadAfter: number;
  figures: Figure[];
  failed?: string;
};

const cellOf = (text: string): string => text.replaceAll('|', '/');

const tableOf = (ran: readonly Ran[]): string =>
  [
    '| # | what | work | limit, same run | seen | bar | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...ran.flatMap(({ figures }) =>
      figures.map((figure) => {
        const { id, what, work, limit, note } = figure;
        const verdict = verdictOf(figure);
        const cells = [
          id,
          note ? `${what} (${note})` : what,
          work,
          limit,
          seenOf(figure),
          barOf(figure),
          verdict === 'MISSED' ? '**missed**' : verdict,
        ];
        return `| ${cells.map(cellOf).join(' | ')} |`;
      }),
    ),
  ].join('\n');

const runsOf = (ran: readonly Ran[]): string =>
  ran
    .map(
      ({ name, at, commit, seconds, loadBefore, loadAfter, failed }) =>
        `- \`${name}\`: ${at.slice(0, 16).replace('T', ' ')} UTC, commit ${commit}, ${seconds} s, load average ${loadBefore} before and ${loadAfter} after${failed ? `; **failed**: ${failed}` : ''}`,
    )
    .join('\n');

const resultsFile = resolve(folder, 'results.json');

/** The benches as they ran last: those that ran now, and the others as they stand in the file. */
const mergeRuns = (ran: readonly Ran[], names: readonly string[]): Ran[] => {
  const { benches } = JSON.parse(readFileSync(resultsFile, 'utf8')) as { benches: Ran[] };
  return names.flatMap((name) => [...ran, ...benches].find((one) => one.name === name) ?? []);
};

/** Writes `results.json`, the plots and the table between the marks of the README, each bench with the commit and the load it ran at; `names` is the order of all there are. */
export const writeResults = (now: readonly Ran[], names: readonly string[]): void => {
  const machine = describeMachine();
  const ran = mergeRuns(now, names);
  const benches = ran.map(({ figures, ...rest }) => ({
    ...rest,
    figures: figures.map((figure) => ({ ...figure, isMet: isMet(figure) })),
  }));
  writeFileSync(resultsFile, `${JSON.stringify({ machine, benches }, null, 2)}\n`);
  const figures = ran.flatMap((one) => one.figures);
  writeFileSync(resolve(folder, 'ratios.svg'), plotFigures(figures));
  const growth = plotGrowth(figures);
  if (growth) writeFileSync(resolve(folder, 'growth.svg'), growth);
  const readme = resolve(folder, 'README.md');
  const { processors, model, memoryGiB, node } = machine;
  const written = [
    `${processors} processors (${model}), ${memoryGiB} GiB, Node ${node.slice(1)}, drivers included. Each bench as it ran last:`,
    runsOf(ran),
    '![Each figure beside its bar](ratios.svg)',
    ...(growth ? ['![How the cost of reading and publishing grows](growth.svg)'] : []),
    tableOf(ran),
  ].join('\n\n');
  const text = readFileSync(readme, 'utf8');
  writeFileSync(
    readme,
    text.replace(
      /(<!-- figures -->)[\s\S]*(<!-- \/figures -->)/,
      (_, open: string, close: string) => `${open}\n\n${written}\n\n${close}`,
    ),
  );
};
