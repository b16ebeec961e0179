import type { Chance } from './seeded.ts';

/** A residence as its public cell is derived from: its id, its commune, its homes and its exact point (degrees of WGS 84). */
export type Located = { id: string; commune: string; homes: number; lat: number; lon: number };

/** What a plan is made from; the same input gives the same rows. */
export type PlanInput = {
  /** The first start: everything counts back from it. */
  startAt: Date;
  /** The hash of the password that every demo account shares. */
  passwordHash: string;
  /** Derives the public cell of a residence by this deployment's own secret. */
  cellOf: (residence: Located) => string;
};

export type Planning = PlanInput & { chance: Chance };

export const timeZone = 'Europe/Paris';

const dayMs = 86_400_000;

/** An instant some days before another. */
export const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * dayMs);
