import type { SignedInContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { reader } from '../../mutate.ts';
import type { AuditEntry, OutboxEvent } from '../../record.ts';
import { isOpenIn } from '../cool-places.queries.ts';

declare const held: unique symbol;

/** A commune for which the caller may act, as its officer or as coordinator of residences there: only `townOf` makes one. */
export type Town = { readonly [held]: true; readonly insee: string; readonly as: 'officer' | 'coordinator' };

/** The territories that the caller coordinates. */
export const territoriesLed = ({ actor }: SignedInContext): string[] =>
  actor.roles.flatMap((grant) => (grant.role === 'coordinator' ? [grant.territoryId] : []));

/** The commune, if the caller is its officer or coordinates residences there. Code: `resource.absent`. */
export const townOf = async (ctx: SignedInContext, insee: string): Promise<Town> => {
  const isOfficer = ctx.actor.roles.some((grant) => grant.role === 'officer' && grant.commune === insee);
  if (!isOfficer && !(await isOpenIn(reader(ctx), territoriesLed(ctx), insee))) throw new AppError('resource.absent');
  return { insee, as: isOfficer ? 'officer' : 'coordinator' } as Town;
};

/** The log's first words of an act for a commune. */
export const actFor = (
  ctx: SignedInContext,
  { insee, as }: Town,
): Pick<AuditEntry, 'at' | 'actorId' | 'actorRole' | 'commune'> => ({
  at: ctx.now,
  actorId: ctx.actor.accountId,
  actorRole: as,
  commune: insee,
});

/** What the stream tells those who look at communes whose board of now reads otherwise, once each. */
export const boardsMoved = (communes: readonly string[]): OutboxEvent[] =>
  [...new Set(communes)].map((commune) => ({ kind: 'insights', change: 'now', commune }));
