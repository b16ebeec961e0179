import { type Database, schema, type Transaction } from '@palier/db';
import { and, eq, isNull, or } from 'drizzle-orm';
import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { reader } from '../mutate.ts';

declare const lookedAfter: unique symbol;

/** A residence that whoever calls looks after now, as its referent or as the coordinator of its territory: only the question below answers one. */
export type LookedAfter = {
  readonly [lookedAfter]: true;
  readonly residenceId: string;
  readonly name: string;
  readonly commune: string;
  readonly role: 'referent' | 'coordinator';
};

const { residences, roleGrants } = schema;

const findLookedAfter = async (db: Database | Transaction, accountId: string, residenceId: string) => {
  const rows = await db
    .select({ residenceId: residences.id, name: residences.name, commune: residences.commune, role: roleGrants.role })
    .from(residences)
    .innerJoin(
      roleGrants,
      or(eq(roleGrants.residenceId, residences.id), eq(roleGrants.territoryId, residences.territoryId)),
    )
    .where(and(eq(residences.id, residenceId), eq(roleGrants.accountId, accountId), isNull(roleGrants.revokedAt)));
  return rows.find((row) => row.role === 'referent') ?? rows[0];
};

/** The residence, if whoever calls looks after it now. Code: `resource.absent`. */
export const insistOnLookedAfter = async (ctx: SignedInContext, residenceId: string): Promise<LookedAfter> => {
  const found = await findLookedAfter(reader(ctx), ctx.actor.accountId, residenceId);
  if (!found) throw new AppError('resource.absent');
  return found as LookedAfter;
};

/** Who acts on a residence they look after, for the log. */
export const keptBy = (ctx: SignedInContext, { role, residenceId, commune }: LookedAfter) =>
  ({ at: ctx.now, actorId: ctx.actor.accountId, actorRole: role, residenceId, commune }) as const;
