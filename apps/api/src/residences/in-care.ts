import type { ResidenceMode } from '@palier/domain/residences';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { reader } from '../mutate.ts';
import type { AuditEntry } from '../record.ts';
import { findCaredFor } from './residences.queries.ts';

declare const cared: unique symbol;

/** A residence that the caller looks after, as its referent or as its territory's coordinator: only `residenceInCare` makes one. */
export type ResidenceInCare = {
  readonly [cared]: true;
  readonly id: string;
  readonly name: string;
  readonly commune: string;
  readonly mode: ResidenceMode;
  readonly territoryId: string;
  readonly as: 'referent' | 'coordinator';
};

export const ResidenceId = z.strictObject({ residenceId: z.uuid() });

/** What an account looks after, from its roles: residences one by one, and whole territories; and who reads, whose own cases are never theirs to see. */
export const careOf = ({ actor }: SignedInContext) => ({
  residenceIds: actor.roles.flatMap((grant) => (grant.role === 'referent' ? [grant.residenceId] : [])),
  territoryIds: actor.roles.flatMap((grant) => (grant.role === 'coordinator' ? [grant.territoryId] : [])),
  reader: { accountId: actor.accountId, residentId: actor.resident?.residentId ?? null },
});

/** The residence, if the caller looks after it; 404 otherwise, as if there were none. */
export const residenceInCare = async (ctx: SignedInContext, residenceId: string): Promise<ResidenceInCare> => {
  const care = careOf(ctx);
  const row = orAbsent(await findCaredFor(reader(ctx), residenceId, care));
  return { ...row, as: care.residenceIds.includes(residenceId) ? 'referent' : 'coordinator' } as ResidenceInCare;
};

/** The log's first words of an act on a residence. */
export const actIn = (
  ctx: SignedInContext,
  residence: ResidenceInCare,
): Pick<AuditEntry, 'at' | 'actorId' | 'actorRole' | 'residenceId' | 'commune'> => ({
  at: ctx.now,
  actorId: ctx.actor.accountId,
  actorRole: residence.as,
  residenceId: residence.id,
  commune: residence.commune,
});
