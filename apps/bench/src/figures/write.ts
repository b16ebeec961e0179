import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { barOf, type Figure, isMet, seenOf, verdictOf } from './figure.ts';
import { commitNow, describeMachine } from './machine.ts';
import { plotFigures } from './plot.ts';

const folder = resolve(import.meta.dirname, '../..');

export type Ran = {
  name: string;
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
      ({ name, seconds, loadBefore, loadAfter, failed }) =>
        `- \`${name}\`: ${seconds} s, load average ${loadBefore} before and ${loadAfter} after${failed ? `; **failed**: ${failed}` : ''}`,
    )
    .join('\n');

/** Writes `results.json`, the plot and the table between the marks of the README. */
export const writeResults = (ran: readonly Ran[], at: Date): void => {
  const machine = describeMachine();
  const commit = commitNow();
  const benches = ran.map(({ figures, ...rest }) => ({
    ...rest,
    figures: figures.map((figure) => ({ ...figure, isMet: isMet(figure) })),
  }));
  writeFileSync(
    resolve(folder, 'results.json'),
    `${JSON.stringify({ at: at.toISOString(), commit, machine, benches }, null, 2)}\n`,
  );
  writeFileSync(resolve(folder, 'ratios.svg'), plotFigures(ran.flatMap(({ figures }) => figures)));
  const readme = resolve(folder, 'README.md');
  const { processors, model, memoryGiB, node } = machine;
  const head = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${commit}, ${processors} processors (${model}), ${memoryGiB} GiB, Node ${node.slice(1)}, drivers included.`;
  const written = [head, runsOf(ran), '![Each figure beside its bar](ratios.svg)', tableOf(ran)].join('\n\n');
  const text = readFileSync(readme, 'utf8');
  writeFileSync(
    readme,
    text.replace(
      /(<!-- figures -->)[\s\S]*(<!-- \/figures -->)/,
      (_, open: string, close: string) => `${open}\n\n${written}\n\n${close}`,
    ),
  );
};
