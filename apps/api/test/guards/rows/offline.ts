import type { Row, Statuses } from '../authorisation-row.ts';
import { outsiders, roles } from '../cast.ts';
import { keepers } from './statuses.ts';

/** The referent who opened the session; absent to anyone else who is signed in. */
const opener = (status: number): Statuses =>
  ({
    ...Object.fromEntries(roles.map((role) => [role, 404])),
    ...Object.fromEntries(outsiders.map((role) => [role, 401])),
    referent: status,
  }) as Statuses;
const offlineKeys = ['consent', 'consentedAt', 'displayName', 'floor', 'id', 'stair'];
const sessionKeys = [
  'expiresAt',
  'id',
  'openedAt',
  'resident.cell',
  'resident.displayName',
  'resident.id',
  'resident.residence.commune',
  'resident.residence.id',
  'resident.residence.name',
  'resident.stair',
  'resident.trust',
  'secondsLeft',
].map((key) => `session.${key}`);
const onHome = { target: 'home', scene: null, statuses: keepers(200), writes: false, isForStaff: true } as const;

/** The rows of what is done for people without internet. */
export const offlineRows: Readonly<Record<string, Row>> = {
  'offline.list': { ...onHome, keys: ['next', ...offlineKeys.map((key) => `items[].${key}`)] },
  'offline.welcome': {
    ...onHome,
    body: { displayName: 'Mme Roux', consent: 'spoken', adult: true },
    statuses: keepers(201),
    writes: true,
    keys: offlineKeys.map((key) => `resident.${key}`),
  },
  'offline.forget': { ...onHome, target: 'offline', statuses: keepers(204), writes: true },
  'offline.sheet': { ...onHome, target: 'offline', writes: true },
  'acting.open': {
    ...onHome,
    target: 'offline',
    body: { consent: 'written' },
    statuses: keepers(201),
    writes: true,
    keys: sessionKeys,
  },
  'acting.read': {
    ...onHome,
    target: 'acting',
    statuses: keepers(200, { coordinator: 404 }),
    keys: sessionKeys,
  },
  'board.read': { ...onHome, keys: ['printedAt', 'residence.id', 'residence.name', 'timeZone'] },
  'board.print': onHome,
  'board.printIn': onHome,
  'hall.list': onHome,
  'hall.open': {
    ...onHome,
    statuses: keepers(201),
    writes: true,
    keys: ['screen.createdAt', 'screen.id', 'screen.seenAt', 'url'],
  },
  'hall.close': { ...onHome, target: 'screen', statuses: keepers(204), writes: true },
  'hall.read': {
    target: 'hall',
    scene: null,
    statuses: Object.fromEntries(roles.map((role) => [role, 200])) as Statuses,
    malformed: 404,
    writes: false,
    keys: ['now', 'timeZone'],
  },
  'acting.close': { target: 'acting', scene: null, statuses: opener(204), writes: true },
};
