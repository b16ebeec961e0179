import { areaOf, type Cell } from '@palier/domain/places';
import type { StampedEvent } from '../stamped-event.ts';

/** Where somebody reads: a public cell and its commune. */
export type ReadPlace = { cell: string; commune: string };

/** The cells that a reader of a place may hear of. */
export type Reach = (
  cell: string,
  commune: string,
) => Promise<readonly { readonly cells: readonly { readonly cell: string }[] }[]>;

const epochOf = (seq: number): number => Math.floor(seq / 1e12);

/** The subjects of one deployment: `tag` keeps those that share a broker apart, and a restored stream has an epoch of its own. */
export const subjectsOf = (tag: string) => {
  const of = (seq: number, rest: string): string => `palier.${tag}.${epochOf(seq)}.${rest}`;
  /** What every hub hears: the head moved. */
  const head = (seq: number): string => of(seq, 'head');
  return {
    head,
    /** What processes say to one another beside the stream. */
    said: `palier.${tag}.said`,
    /** One subject for each area in which something of a batch happened. */
    ofEvents: (events: readonly StampedEvent[]): Set<string> =>
      new Set(events.flatMap(({ seq, cell }) => (cell === null ? [] : [of(seq, `cell.${areaOf(cell as Cell)}`)]))),
    /** What the hub hears whose readers are at these places. */
    ofPlaces: async (seq: number, places: Iterable<ReadPlace>, reach: Reach): Promise<Set<string>> => {
      const subjects = new Set([head(seq)]);
      for (const { cell, commune } of places)
        for (const { cells } of await reach(cell, commune))
          for (const one of cells) subjects.add(of(seq, `cell.${areaOf(one.cell as Cell)}`));
      return subjects;
    },
  };
};
export type Subjects = ReturnType<typeof subjectsOf>;
