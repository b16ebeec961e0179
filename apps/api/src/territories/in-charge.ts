import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { reader } from '../mutate.ts';
import { findTerritory } from './territories.queries.ts';

declare const led: unique symbol;

/** A territory that the caller coordinates: only `territoryInCharge` makes one. */
export type TerritoryInCharge = { readonly [led]: true; readonly id: string; readonly name: string };

export const TerritoryId = z.strictObject({ territoryId: z.uuid() });

/** Refuses whoever coordinates nothing. Code: `role.required`. */
export const insistOnCoordinator = ({ actor }: SignedInContext): void => {
  if (!actor.roles.some(({ role }) => role === 'coordinator')) throw new AppError('role.required');
};

/** The territory, if the caller coordinates it. Codes: `role.required` (of none), `resource.absent` (not of this one). */
export const territoryInCharge = async (ctx: SignedInContext, territoryId: string): Promise<TerritoryInCharge> => {
  insistOnCoordinator(ctx);
  const isTheirs = ctx.actor.roles.some((grant) => grant.role === 'coordinator' && grant.territoryId === territoryId);
  return orAbsent(isTheirs ? await findTerritory(reader(ctx), territoryId) : null) as TerritoryInCharge;
};
