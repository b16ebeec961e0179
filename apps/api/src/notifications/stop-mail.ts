import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { mutate } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { record } from '../record.ts';
import { keepChoices } from './choices.queries.ts';
import { claimStop } from './confirm-copy.ts';
import { openMailLink } from './mail-identity.ts';
import { findNoticeReader } from './noticed.queries.ts';

/** The query of a mailed link. */
export const MailLink = z.strictObject({ l: z.string().min(1).max(200) });

/** Sends the day's e-mail, or what a relative in copy is told, no more to whoever a mail's own link names, signed in or not (RFC 8058); twice is once. Code: `resource.absent` (not ours, or expired). */
export const stopMail = async (ctx: Context<unknown>, { l }: z.infer<typeof MailLink>): Promise<void> => {
  const copyId = openMailLink(ctx.keys.mail, 'copy-stop', l, ctx.now);
  if (copyId && (await claimStop(ctx, copyId))) return;
  const accountId = openMailLink(ctx.keys.mail, 'stop', l, ctx.now);
  if (!accountId || !(await findNoticeReader(ctx.db, accountId))) throw new AppError('resource.absent');
  await mutate(ctx, async (tx) => {
    await keepChoices(tx, accountId, { mailHour: null }, ctx.now);
    const entry = { at: ctx.now, actorId: accountId, actorRole: 'visitor', action: 'mail.stop' } as const;
    await record(tx, { ...entry, subject: 'account', subjectId: accountId });
  });
};

export const stopMailRoute: FastifyPluginAsyncZod = async (app) => {
  // A mail program posts `List-Unsubscribe=One-Click` as a form, from nowhere: nothing of it is read.
  app.addContentTypeParser(['application/x-www-form-urlencoded', 'multipart/form-data'], (_request, payload, done) => {
    payload.resume();
    payload.on('end', () => done(null, undefined));
    payload.on('error', done);
  });
  app.get(
    '/mail/stop',
    {
      schema: {
        operationId: 'mail.askStop',
        tags: ['notifications'],
        querystring: MailLink,
        response: { 303: z.null() },
      },
    },
    async (request, reply) => {
      const isRelative =
        openMailLink(request.visitor().keys.mail, 'copy-stop', request.query.l, request.visitor().now) !== null;
      return reply.redirect(
        `/${isRelative ? 'proche?fin' : 'desabonnement?l'}=${encodeURIComponent(request.query.l)}`,
        303,
      );
    },
  );
  app.post(
    '/mail/stop',
    {
      config: { isOneClick: true },
      schema: {
        operationId: 'mail.stop',
        tags: ['notifications'],
        querystring: MailLink,
        response: { 204: z.null(), ...refusals(404) },
      },
    },
    async (request, reply) => {
      await stopMail(request.visitor(), request.query);
      return reply.code(204).send(null);
    },
  );
};
