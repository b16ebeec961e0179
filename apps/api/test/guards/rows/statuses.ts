import type { Statuses } from '../authorisation-row.ts';
import { outsiders, type Role, roles, staff } from '../cast.ts';

const everyRole = (status: number): Statuses => Object.fromEntries(roles.map((role) => [role, status])) as Statuses;

export const each = <K extends Role>(list: readonly K[], status: number) =>
  Object.fromEntries(list.map((role) => [role, status])) as Record<K, number>;

/** Anyone at all. */
export const anyone = (status: number): Statuses => everyRole(status);

/** Whoever is signed in, staff included. */
export const signedIn = (status: number): Statuses => ({ ...everyRole(status), ...each(outsiders, 401) });

/** Residents: all of them the same, but for those named. */
export const residents = (status: number, others: Partial<Statuses> = {}): Statuses => ({
  ...signedIn(status),
  ...each(staff, 403),
  ...others,
});

/**
 * Whoever looks after the owner's residence, and only that: to the referent and the coordinator of another it is absent, everyone else is refused at the door.
 */
export const keepers = (status: number, others: Partial<Statuses> = {}): Statuses => ({
  ...everyRole(403),
  ...each(outsiders, 401),
  ...each(['referent', 'coordinator'], status),
  ...each(['referentElsewhere', 'coordinatorElsewhere'], 404),
  ...others,
});

/** The coordinator of the owner's territory, and only that one; referents are refused at the door. */
export const coordinators = (status: number): Statuses => keepers(status, each(['referent', 'referentElsewhere'], 403));

/** Those who may be named readers, and nobody else. */
export const readers = (status: number): Statuses => ({
  ...everyRole(403),
  ...each(outsiders, 401),
  reader: status,
});

/** What shows each desk its own, to every referent and coordinator. */
export const desks = (status: number): Statuses =>
  keepers(status, each(['referentElsewhere', 'coordinatorElsewhere'], status));

/** What is the owner's alone, and absent to every other resident. */
export const owned = (status: number): Statuses => residents(404, { owner: status });

/** Those who may not know of the owner's post at all: out of its audience, or behind a block. */
export const unaware = { farAway: 404, sameCommune: 404, blocked: 404 };

export const writing = { target: 'none', scene: null, writes: true } as const;

/** What is the two sides' of the promised favour, and absent to every other resident. */
export const sides = (status: number): Statuses => residents(404, { owner: status, helper: status });

export const bySides = (owner: number, helper: number): Statuses => residents(404, { owner, helper });

export const under = (prefix: string, keys: readonly string[]) => keys.map((key) => `${prefix}.${key}`);
