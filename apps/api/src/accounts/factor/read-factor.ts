import { type FactorView, FactorView as FactorViewSchema, isFactorFresh } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../../context.ts';
import { refusals } from '../../plugins/refusals.ts';
import { countRecoveryCodes, findFactor } from './factor.queries.ts';

/** Whether someone has a role that a second factor guards. */
export const isOnStaff = (roles: readonly { role: string }[]): boolean => roles.some(({ role }) => role !== 'resident');

/** Where I stand with the second factor. */
export const readFactor = async (ctx: SignedInContext): Promise<FactorView> => {
  const { accountId, sessionHash, roles } = ctx.actor;
  const { factor, session } = await findFactor(ctx.db, accountId, sessionHash);
  const isStaff = isOnStaff(roles);
  const isRequired = isStaff && ctx.env.needsStaffTotp;
  const isEnrolled = Boolean(factor?.confirmedAt);
  return {
    isStaff,
    isRequired,
    isEnrolled,
    recoveryCodesLeft: await countRecoveryCodes(ctx.db, accountId),
    isDeskOpen: isEnrolled ? isFactorFresh(session, ctx.now) : !isRequired,
  };
};

export const readFactorRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/me/second-factor',
    { schema: { operationId: 'factor.read', tags: ['accounts'], response: { 200: FactorViewSchema, ...refusals() } } },
    (request) => readFactor(request.account()),
  );
};
