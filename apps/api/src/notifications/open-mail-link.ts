import { schema } from '@palier/db';
import { hrefOfNotice } from '@palier/domain/notifications';
import { eq } from 'drizzle-orm';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { openMailLink } from './mail-identity.ts';
import { MailLink } from './stop-mail.ts';

const { notifications } = schema;

/** The page that a mail's link leads to: what it speaks of, where one signs in as anywhere; the notices when the link is not ours or has expired. */
const hrefOfLink = async (ctx: Context<unknown>, { l }: z.infer<typeof MailLink>): Promise<string> => {
  const id = openMailLink(ctx.keys.mail, 'open', l, ctx.now);
  const { kind, postId, favourId, conversationId, caseId } = notifications;
  const [notice] = id
    ? await ctx.db
        .select({ kind, postId, favourId, conversationId, caseId })
        .from(notifications)
        .where(eq(notifications.id, id))
    : [];
  return (notice && hrefOfNotice(notice.kind, notice)) ?? '/avis';
};

export const openMailLinkRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/mail/open',
    {
      schema: { operationId: 'mail.open', tags: ['notifications'], querystring: MailLink, response: { 303: z.null() } },
    },
    async (request, reply) => reply.redirect(await hrefOfLink(request.visitor(), request.query), 303),
  );
};
