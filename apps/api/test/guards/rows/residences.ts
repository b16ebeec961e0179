import type { Row } from '../authorisation-row.ts';
import { coordinators, desks, each, keepers } from './statuses.ts';

const onHome = { target: 'home', scene: null, statuses: keepers(200), writes: false, isForStaff: true } as const;
const line = [
  'cell',
  'commune',
  'communeName',
  'homes',
  'id',
  'mode',
  'name',
  'newcomers',
  'oldestWaitingAt',
  'referents',
  'residents',
  'waiting',
];
const made = ['code', 'expiresAt', 'id', 'kind', 'link', 'qr.path', 'qr.size'].map((key) => `invitations[].${key}`);
const standing = ['resident.id', 'resident.trust'];

const ofTerritory = { ...onHome, target: 'territory', statuses: coordinators(200) } as const;

/** What shows each coordinator their own. */
const coordinatorDesks = (status: number) => ({ ...desks(status), ...each(['referent', 'referentElsewhere'], 403) });

/** The rows of a territory and of its coordinator. */
export const territoryRows: Readonly<Record<string, Row>> = {
  'territories.list': { ...ofTerritory, target: 'none', statuses: coordinatorDesks(200) },
  'residences.open': {
    ...ofTerritory,
    body: 'opening',
    statuses: coordinators(201),
    writes: true,
    keys: ['id'],
  },
  'residences.import': { ...ofTerritory, body: 'list' },
  'referents.name': {
    ...ofTerritory,
    target: 'home',
    body: 'naming',
    statuses: coordinators(201),
    writes: true,
    keys: ['referent.displayName', 'referent.grantId', 'referent.since'],
  },
  'referents.retire': { ...ofTerritory, target: 'grant', statuses: coordinators(204), writes: true },
  'addresses.search': { ...ofTerritory, target: 'none', statuses: coordinatorDesks(200), query: '?q=12+rue' },
};

/** The rows of a residence and of whoever looks after it. */
export const residenceRows: Readonly<Record<string, Row>> = {
  'residences.list': {
    ...onHome,
    target: 'none',
    statuses: desks(200),
    keys: ['next', ...line.map((key) => `items[].${key}`)],
  },
  'residences.read': onHome,
  'residences.edit': { ...onHome, body: { mode: 'screened' }, statuses: keepers(204), writes: true },
  'residences.residents': onHome,
  'residences.approve': { ...onHome, body: 'approval', writes: true, keys: standing },
  'residents.doubt': { ...onHome, target: 'resident', body: { reason: 'mistake' }, writes: true, keys: standing },
  'watch.withdrawByPhone': { ...onHome, target: 'resident', statuses: keepers(204), writes: true },
  'residences.week': onHome,
  'charters.write': {
    ...onHome,
    body: { text: 'On se dit bonjour, et on range le local à vélos.', reviewOn: '2027-06-01' },
    statuses: keepers(201),
    writes: true,
    keys: ['charter.reviewOn', 'charter.text', 'charter.version'],
  },
  'notices.write': { ...onHome, body: { text: 'Le local est ouvert samedi.' }, statuses: keepers(201), writes: true },
  'notices.remove': { ...onHome, target: 'notice', statuses: keepers(204), writes: true },
  'invitations.list': onHome,
  'invitations.create': {
    ...onHome,
    body: { kind: 'slip', count: 2 },
    statuses: keepers(201),
    writes: true,
    keys: made,
  },
  'invitations.print': { ...onHome, body: 'print' },
  'invitations.end': { ...onHome, target: 'paper', statuses: keepers(204), writes: true },
};
