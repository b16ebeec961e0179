import type { Figure } from '../figures/figure.ts';
import type { Region } from '../stage/region.ts';

/** What a bench is given: where to say what it does, and the region of 1,400 towns, made once for all that ask. */
export type Bench = (with_: { say: (line: string) => void; region: () => Promise<Region> }) => Promise<Figure[]>;
