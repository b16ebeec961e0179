import type { DayPart } from '@palier/domain/watch';

/**
 * Somebody of the demo on the watch. `part`: the hours they chose; `latest` and `earlier` are chosen so that their visit came last, or just before, at the first start, and waits still.
 * `slip`: they signed on paper, and gave it to their first reader. `readers`: numbers of residents.
 */
export type DemoWatched = {
  number: number;
  name: string;
  door: string;
  topFloor?: true;
  part: DayPart | 'latest' | 'earlier';
  slip?: true;
  consentedDaysAgo: number;
  contacts: readonly string[];
  readers: readonly number[];
};

/** Who rings at doors, accepted by the coordinator; and who offered to and waits to be accepted. */
export const watchVolunteers = { accepted: [23, 28, 61, 110], waiting: [35] } as const;

/** Those whose visit, at each round, nobody makes before its last hour: whoever tries the demo finds one that waits. The others are visited soon. */
export const visitedLate = [27, 34] as const;

/** Who may be named a reader: 24 and 31 live in gex-1, 74 in gex-3. */
export const watchReaders = [24, 31, 74] as const;

/** Fourteen people of Gex whom neighbours look in on, none of them in gex-2; the last one joined yesterday. */
export const demoWatched: readonly DemoWatched[] = [
  {
    ...{ number: 27, name: 'Simone Favre', door: 'porte 12', part: 'latest', consentedDaysAgo: 62, readers: [24, 31] },
    contacts: ['Nathalie, sa fille'],
  },
  {
    ...{ number: 34, name: 'Raymond Cottet', door: 'de gauche', part: 'earlier', consentedDaysAgo: 41 },
    ...{ contacts: ['Yann, son neveu', 'Mme Cottet, sa sœur'], readers: [31, 24] },
  },
  {
    ...{ number: 21, name: 'Bernard Chevallet', door: 'porte 34', topFloor: true, part: 'morning' },
    ...{ consentedDaysAgo: 340, contacts: ['Luc, son fils'], readers: [24, 31] },
  },
  {
    ...{ number: 25, name: 'Giulia Moretti', door: 'du fond', part: 'afternoon', consentedDaysAgo: 27 },
    ...{ contacts: ['Paola, sa fille'], readers: [31, 24] },
  },
  {
    ...{ number: 29, name: 'Thérèse Aubert', door: 'porte 2', part: 'evening', slip: true, consentedDaysAgo: 55 },
    ...{ contacts: ['Marc, son fils', 'Dr Aubert, son frère'], readers: [24, 31] },
  },
  {
    ...{ number: 54, name: 'Maurice Jacquet', door: 'porte 21', part: 'morning', slip: true, consentedDaysAgo: 33 },
    ...{ contacts: ['Isabelle, sa belle-fille'], readers: [74, 31] },
  },
  {
    ...{ number: 58, name: 'Simone Gaillard', door: 'de droite', topFloor: true, part: 'midday' },
    ...{ consentedDaysAgo: 74, contacts: ['Alain, un ami'], readers: [74, 31] },
  },
  {
    ...{ number: 62, name: 'Denise Blanc', door: 'porte 25', part: 'afternoon', consentedDaysAgo: 48 },
    ...{ contacts: ['Hervé, son fils'], readers: [31, 74] },
  },
  {
    ...{ number: 65, name: 'Jean-Paul Dufour', door: '3', part: 'evening', consentedDaysAgo: 29 },
    ...{ contacts: [], readers: [74, 31] },
  },
  {
    ...{ number: 68, name: 'Yvette Perrin', door: 'porte 11', part: 'midday', consentedDaysAgo: 81 },
    ...{ contacts: ['Claire, sa nièce'], readers: [31, 74] },
  },
  {
    ...{ number: 96, name: 'Henri Burdet', door: 'porte 7', part: 'morning', consentedDaysAgo: 36 },
    ...{ contacts: ['Sandrine, sa fille'], readers: [31, 74] },
  },
  {
    ...{ number: 103, name: 'Andrée Mugnier', door: 'porte 15', topFloor: true, part: 'midday', slip: true },
    ...{ consentedDaysAgo: 44, contacts: ['Philippe, son fils'], readers: [31, 74] },
  },
  {
    ...{ number: 106, name: 'Odette Duraffourg', door: 'de gauche', part: 'evening', consentedDaysAgo: 52 },
    ...{ contacts: ['Joëlle, sa sœur'], readers: [74, 31] },
  },
  {
    ...{ number: 109, name: 'Gaston Ravier', door: 'porte 1', part: 'afternoon', consentedDaysAgo: 1 },
    ...{ contacts: ['Émilie, sa petite-fille'], readers: [74] },
  },
];
