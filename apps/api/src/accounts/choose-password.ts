import { ChoosePassword } from '@palier/domain/accounts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { AppError, orAbsent } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { hashMailToken } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { claimEmailToken } from './accounts.queries.ts';
import { deleteAttempt, signInKey } from './attempts.queries.ts';
import { isCommonPassword } from './common-passwords.ts';
import type { Hashing } from './hashing.ts';
import { deleteSessions, isEmailTokenGood, updatePassword } from './password.queries.ts';

type ChooseContext = Context<unknown> & { hashing: Hashing };

/**
 * Replaces a forgotten password by the link that was mailed, once, ends every session of the account, and tells its owner by mail.
 * Codes: `resource.absent` (unknown, used or expired), `password.common`, `hashing.busy`; the link is still good after the last two.
 */
export const choosePassword = async (ctx: ChooseContext, input: z.infer<typeof ChoosePassword>): Promise<void> => {
  const hash = hashMailToken('reset', input.token);
  if (!(await isEmailTokenGood(ctx.db, hash, ctx.now))) throw new AppError('resource.absent');
  if (isCommonPassword(input.password)) throw new AppError('password.common');
  const passwordHash = await ctx.hashing.hash(input.password);
  await mutate(ctx, async (tx) => {
    const { accountId, email } = orAbsent(await claimEmailToken(tx, hash, ctx.now));
    if (!(await updatePassword(tx, accountId, email, passwordHash))) throw new AppError('resource.absent');
    await deleteSessions(tx, accountId);
    await deleteAttempt(tx, signInKey(ctx.keys, email));
    await record(
      tx,
      {
        at: ctx.now,
        actorId: accountId,
        actorRole: 'visitor',
        action: 'password.reset',
        subject: 'account',
        subjectId: accountId,
      },
      [
        { kind: 'rights', change: 'sessions', sideA: accountId },
        { kind: 'audit', change: 'mail.password', sideA: accountId },
      ],
    );
  });
};

export const choosePasswordRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/password/reset/confirm',
    {
      schema: {
        operationId: 'password.reset',
        tags: ['accounts'],
        body: ChoosePassword,
        response: { 204: z.null(), ...refusals(404, 422) },
      },
    },
    async (request, reply) => {
      await choosePassword({ ...request.visitor(), hashing: app.hashing }, request.body);
      return reply.code(204).send(null);
    },
  );
};
