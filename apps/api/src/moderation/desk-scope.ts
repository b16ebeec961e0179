import { schema } from '@palier/db';
import { eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Actor, SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';

declare const checked: unique symbol;

/** Whoever looks after residences, and which: only `deskOf` makes one, from roles that stand. */
export type Desk = {
  readonly [checked]: 'desk';
  readonly accountId: string;
  readonly residentId: string | null;
  readonly residenceIds: readonly string[];
  readonly territoryIds: readonly string[];
  readonly as: 'referent' | 'coordinator';
};

/** The desk of whoever calls, or 403 `role.required`. A coordinator's holds the residences of their territories. */
export const deskOf = ({ actor }: Pick<SignedInContext, 'actor'>): Desk => {
  const residenceIds = actor.roles.flatMap((grant) => (grant.role === 'referent' ? [grant.residenceId] : []));
  const territoryIds = actor.roles.flatMap((grant) => (grant.role === 'coordinator' ? [grant.territoryId] : []));
  if (residenceIds.length + territoryIds.length === 0) throw new AppError('role.required');
  return {
    accountId: actor.accountId,
    residentId: residentIdOf(actor),
    residenceIds,
    territoryIds,
    as: territoryIds.length > 0 ? 'coordinator' : 'referent',
  } as unknown as Desk;
};

const residentIdOf = ({ resident }: Actor): string | null => resident?.residentId ?? null;

/** The residences of a desk, as a condition on `residences`. */
export const isOnDesk = (desk: Desk): SQL | undefined =>
  or(
    inArray(schema.residences.id, [...desk.residenceIds]),
    inArray(schema.residences.territoryId, [...desk.territoryIds]),
  );

/** Whether a case is the reader's own: about them or their family, or reported by one of them. */
export const isOwnCase = (desk: Pick<Desk, 'accountId' | 'residentId'>): SQL<boolean> => {
  const { cases } = schema;
  const family = sql`(select k.resident_id from kin k where k.account_id = ${desk.accountId})`;
  const me = sql`${desk.residentId}::uuid`;
  return sql<boolean>`(${or(eq(cases.aboutId, sql`${me}`), sql`${cases.aboutId} in ${family}`)}
    or exists (select from reports r where r.case_id = ${cases.id} and (r.reporter_id = ${me} or r.reporter_id in ${family}))) is true`;
};
