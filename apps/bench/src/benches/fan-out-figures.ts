import type { Figure } from '../figures/figure.ts';
import { median, quantile } from '../figures/stats.ts';

export const socketCount = 2_000;
export const perSecond = 200;

type Side<Value> = { work: Value; limit: Value };
/** What the rounds of the fan-out gave: pushes by processor, ms from call to reader, and deliveries checked. */
export type Measured = {
  push: Side<{ deliveries: number; processorS: number }[]>;
  afterMs: Side<number[]>;
  wrong: number;
  deliveries: number;
};

const inWords = (list: readonly number[]): string =>
  `p50 ${quantile(list, 0.5).toFixed(1)} ms, p99 ${quantile(list, 0.99).toFixed(1)} ms`;

/** The figures of P3 and P5. */
export const figuresOf = ({ push, afterMs, wrong, deliveries }: Measured): Figure[] => {
  const rate = (name: keyof typeof push): number =>
    median(push[name].map((round) => round.deliveries / Math.max(0.01, round.processorS)));
  const each = median(push.work.map((round) => round.deliveries));
  const size = `${socketCount.toLocaleString('en-GB')} sockets, ${perSecond} posts/s`;
  const common = {
    work: inWords(afterMs.work),
    limit: `${inWords(afterMs.limit)}, bare insert commit and bare ws send`,
  };
  return [
    {
      id: 'P3',
      what: `deliveries per processor-second, ${size}`,
      work: `${Math.round(rate('work')).toLocaleString('en-GB')}/s of processor, from the commit on, sequencer included`,
      limit: `${Math.round(rate('limit')).toLocaleString('en-GB')}/s of processor, bare ws with an H3 index`,
      seen: rate('work') / rate('limit'),
      unit: 'of the limit',
      bar: { atLeast: 0.75 },
      note: `${Math.round(each).toLocaleString('en-GB')} deliveries a round`,
    },
    {
      id: 'P3',
      what: 'deliveries missing, twice or to the wrong reader, posts refused',
      work: `${deliveries.toLocaleString('en-GB')} deliveries`,
      limit: 'none',
      seen: wrong,
      unit: 'wrong',
      bar: { atMost: 0 },
    },
    {
      id: 'P5',
      what: `POST sent → received by a reader, stored first, p50, ${size}`,
      ...common,
      seen: quantile(afterMs.work, 0.5) / quantile(afterMs.limit, 0.5),
      unit: '× the limit',
      bar: { atMost: 2 },
    },
    {
      id: 'P5',
      what: `POST sent → received by a reader, stored first, p99, ${size}`,
      ...common,
      seen: quantile(afterMs.work, 0.99),
      unit: 'ms',
      bar: { atMost: 30 },
    },
  ];
};
