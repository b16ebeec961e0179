/** A count before it is known whether it may be published: how much, how many distinct people on its smaller side, and how much of it the most present person makes. */
export type Tally = { readonly count: number; readonly people: number; readonly largest: number };

/** What a tally is made from: how much each event weighs, and whom each of its sides is. */
export type Weighed = { readonly weight: number; readonly sides: readonly string[] };

/** Below this many distinct people nothing is published (privacy.md, Aggregates). */
export const peopleMin = 11;
/** Above this share of one person nothing is published. */
const shareMax = 0.85;
/** What must stay unknown of any hidden cell: its possible values lie at least this far apart. */
export const widthMin = 10;
/** How many people of a hidden cell an attacker may know already. */
export const knownMax = 3;
/** A published sum, and the hidden parts of one taken together, hold at least this much: then none of them ends narrower than `widthMin`, even to whoever knows `knownMax`. */
export const massMin = widthMin + knownMax;

/** Counts events: `people` is the least number of distinct people of any side, `largest` the most that one person weighs on any side. */
export const tallyOf = (events: readonly Weighed[]): Tally => {
  const sides: Map<string, number>[] = [];
  let count = 0;
  for (const event of events) {
    count += event.weight;
    for (const [n, person] of event.sides.entries()) {
      sides[n] ??= new Map();
      const side = sides[n];
      side.set(person, (side.get(person) ?? 0) + event.weight);
    }
  }
  if (sides.length === 0) return { count, people: 0, largest: 0 };
  return {
    count,
    people: Math.min(...sides.map((side) => side.size)),
    largest: Math.max(...sides.map((side) => Math.max(...side.values()))),
  };
};

/** A tally of people: each counts once. */
export const tallyOfPeople = (people: Iterable<string>): Tally => {
  const { size } = new Set(people);
  return { count: size, people: size, largest: size > 0 ? 1 : 0 };
};

/**
 * Whether a tally may be published by itself (privacy.md, Aggregates): 11 distinct people or more on each side, and nobody makes over 85 % of it.
 * A sum of events also holds `massMin` events, so that its parts stay unknown.
 */
export const isPublishable = (tally: Tally, unit: 'people' | 'events'): boolean =>
  tally.people >= peopleMin && tally.largest <= shareMax * tally.count && (unit === 'people' || tally.count >= massMin);
