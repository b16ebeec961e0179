import type { Figure } from '../figures/figure.ts';
import { median, quantile } from '../figures/stats.ts';

/** Sockets close together, in ten towns; and all over the region, as many as the bar says. */
export const crowd = 2_000;
export const everywhere = 9_500;
export const perSecond = 200;

type Round = { deliveries: number; processorS: number };
type Checked = { wrong: number; deliveries: number };
/** What the rounds of P3 gave: pushes by processor. */
export type Pushed = { work: Round[]; limit: Round[] } & Checked;
/** What the rounds of P5 gave: ms from call to reader. */
export type Way = { work: number[]; limit: number[]; posts: number } & Checked;

const inWords = (list: readonly number[]): string =>
  `p50 ${quantile(list, 0.5).toFixed(1)} ms, p99 ${quantile(list, 0.99).toFixed(1)} ms`;
const count = (n: number): string => n.toLocaleString('en-GB');
const rateOf = (rounds: readonly Round[]): number =>
  median(rounds.map(({ deliveries, processorS }) => deliveries / Math.max(0.01, processorS)));

/** The figures of P3 and P5. */
export const figuresOf = (pushed: Pushed, way: Way): Figure[] => {
  const [rate, limit] = [rateOf(pushed.work), rateOf(pushed.limit)];
  const size = `POST sent → received by a reader, stored first, ${count(everywhere)} sockets, ${perSecond} posts/s`;
  const common = {
    work: inWords(way.work),
    limit: `${inWords(way.limit)}, bare insert commit and bare ws send`,
    note: `${Math.round(way.deliveries / way.posts)} deliveries a post`,
  };
  return [
    {
      id: 'P3',
      what: `deliveries per processor-second, ${count(crowd)} sockets, ${perSecond} posts/s`,
      work: `${count(Math.round(rate))}/s of processor, from the commit on, sequencer included`,
      limit: `${count(Math.round(limit))}/s of processor, bare ws with an H3 index`,
      seen: rate / limit,
      unit: 'of the limit',
      bar: { atLeast: 0.75 },
      note: `${count(Math.round(median(pushed.work.map(({ deliveries }) => deliveries))))} deliveries a round`,
    },
    {
      id: 'P3',
      what: 'deliveries missing, twice or to the wrong reader, posts refused',
      work: `${count(pushed.deliveries + way.deliveries)} deliveries`,
      limit: 'none',
      seen: pushed.wrong + way.wrong,
      unit: 'wrong',
      bar: { atMost: 0 },
    },
    {
      id: 'P5',
      what: `${size}, p50`,
      ...common,
      seen: quantile(way.work, 0.5) / quantile(way.limit, 0.5),
      unit: '× the limit',
      bar: { atMost: 2 },
    },
    { id: 'P5', what: `${size}, p99`, ...common, seen: quantile(way.work, 0.99), unit: 'ms', bar: { atMost: 30 } },
  ];
};
