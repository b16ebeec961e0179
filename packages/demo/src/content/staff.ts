import { communes } from './communes.ts';
import type { DemoOfficer, DemoReferent, DemoStaff } from './types.ts';

/** The two coordinators of the whole territory. */
export const coordinators: readonly DemoStaff[] = [
  { email: 'coordinator-1@demo.palier.test', displayName: 'Maud, coordination', locale: 'fr' },
  { email: 'coordinator-2@demo.palier.test', displayName: 'Samuel, coordination', locale: 'fr' },
];

const referentOf = (number: number, firstName: string, residences: readonly string[]): DemoReferent => ({
  email: `referent-${number}@demo.palier.test`,
  displayName: `${firstName}, référence`,
  locale: 'fr',
  residences,
});

/** The six referents, each with three residences; the first looks after that of resident 001. */
export const referents: readonly DemoReferent[] = [
  referentOf(1, 'Anouk', ['gex-1', 'gex-2', 'gex-3']),
  referentOf(2, 'Baptiste', ['gex-4', 'gex-5', 'cessy-1']),
  referentOf(3, 'Leonor', ['divonne-1', 'divonne-2', 'cessy-2']),
  referentOf(4, 'Malik', ['stgenis-1', 'stgenis-2', 'thoiry-2']),
  referentOf(5, 'Rozenn', ['ferney-1', 'ferney-2', 'ornex-1']),
  referentOf(6, 'Tiago', ['prevessin-1', 'prevessin-2', 'thoiry-1']),
];

/** One officer for each of the eight communes, in the communes' order. */
export const officers: readonly DemoOfficer[] = communes.map(({ insee, name }) => ({
  email: `officer-${insee}@demo.palier.test`,
  displayName: `Mairie\u00a0: ${name}`,
  locale: 'fr',
  insee,
}));
