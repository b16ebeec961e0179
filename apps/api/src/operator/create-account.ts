import { randomBytes } from 'node:crypto';
import { DisplayName, Email, formatInvitationCode, type StaffRole } from '@palier/domain/accounts';
import { findCommune } from '@palier/places-data';
import { newId } from '../ids.ts';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import type { OperatorContext } from './context.ts';
import { findAccountId, findResidence, findTerritory, insertGrant, insertStaffAccount } from './operator.queries.ts';
import { OperatorRefusal, orRefuse } from './refusal.ts';

export type NewStaff = {
  role: StaffRole;
  email: string;
  name: string;
  territoryId?: string | undefined;
  residenceId?: string | undefined;
  commune?: string | undefined;
};

type Place = { residenceId?: string; territoryId?: string; commune?: string };

/** The place a role is granted for: each role has its own kind, and it must exist. */
const placeOf = async (ctx: OperatorContext, { role, territoryId, residenceId, commune }: NewStaff): Promise<Place> => {
  if (role === 'coordinator') {
    const id = orRefuse(territoryId, 'a coordinator needs --territory');
    return { territoryId: orRefuse(await findTerritory(ctx.db, id), `there is no territory ${id}`).id };
  }
  if (role === 'referent') {
    const id = orRefuse(residenceId, 'a referent needs --residence');
    return { residenceId: orRefuse(await findResidence(ctx.db, id), `there is no residence ${id}`).id };
  }
  const code = orRefuse(commune, 'an officer needs --commune').toUpperCase();
  const found = orRefuse(findCommune(code), `${code} is not the INSEE code of a commune of 2026`);
  if (found.parent)
    throw new OperatorRefusal(`${found.name} is an arrondissement: give the code of its commune, ${found.parent}`);
  return { commune: found.insee };
};

/**
 * Grants a staff role for one place, to the account of that address if there is one, else to a new one.
 * Resolves with the account's id and, for a new one, the password to hand over: it is nowhere else.
 */
export const createAccount = async (
  ctx: OperatorContext,
  input: NewStaff,
): Promise<{ accountId: string; password: string | null }> => {
  const email = Email.parse(input.email);
  const displayName = DisplayName.parse(input.name);
  const place = await placeOf(ctx, input);
  const known = await findAccountId(ctx.db, email);
  const password = known ? null : formatInvitationCode(randomBytes(16));
  const passwordHash = password && (await ctx.hashing.hash(password));
  const accountId = known ?? newId();
  const confirming = passwordHash ? [{ kind: 'audit' as const, change: 'mail.confirm', sideA: accountId }] : [];
  await mutate(ctx, async (tx) => {
    if (passwordHash)
      await insertStaffAccount(tx, { id: accountId, email, passwordHash, displayName, createdAt: ctx.now });
    await insertGrant(tx, { id: newId(), accountId, role: input.role, ...place, grantedAt: ctx.now });
    await record(
      tx,
      {
        at: ctx.now,
        actorId: null,
        actorRole: 'operator',
        action: 'role.grant',
        subject: 'account',
        subjectId: accountId,
        reason: input.role,
        ...(place.residenceId && { residenceId: place.residenceId }),
        ...(place.commune && { commune: place.commune }),
      },
      [{ kind: 'rights', change: 'roles', sideA: accountId }, ...confirming],
    );
  });
  return { accountId, password };
};
