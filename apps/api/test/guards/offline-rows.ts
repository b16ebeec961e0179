import type { Row, Statuses } from './authorisation-matrix.ts';
import { outsiders, roles } from './cast.ts';

/** Staff of the owner's residence: its referent and its territory's coordinator; residents and officers are refused. */
const keepers = (status: number, others: Partial<Statuses> = {}): Statuses =>
  ({
    ...Object.fromEntries(roles.map((role) => [role, 403])),
    ...Object.fromEntries(outsiders.map((role) => [role, 401])),
    referent: status,
    coordinator: status,
    ...others,
  }) as Statuses;
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
  'acting.close': { target: 'acting', scene: null, statuses: opener(204), writes: true },
};
