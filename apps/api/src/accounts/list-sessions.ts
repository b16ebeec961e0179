import { SessionView } from '@palier/domain/accounts';
import { PageQuery, pageOf } from '@palier/domain/paging';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { cutPage } from '../cut-page.ts';
import { refusals } from '../plugins/refusals.ts';
import { listSessionsOf } from './my-sessions.queries.ts';

/** Where I am signed in: the family of each browser and when it was last here, this one marked. */
export const listMySessions = async (ctx: SignedInContext): Promise<SessionView[]> => {
  const { accountId, sessionHash } = ctx.actor;
  const rows = await listSessionsOf(ctx.db, accountId, ctx.now);
  return rows.map(({ hash, createdAt, lastUsedAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    isThis: hash === sessionHash,
  }));
};

export const listSessionsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/me/sessions',
    {
      schema: {
        operationId: 'sessions.list',
        tags: ['accounts'],
        querystring: PageQuery,
        response: { 200: pageOf(SessionView), ...refusals() },
      },
    },
    async (request) => {
      const ctx = request.account();
      const all = await listMySessions(ctx);
      return cutPage(ctx.keys, `sessions ${ctx.actor.accountId}`, all, request.query, ({ id }) => id);
    },
  );
};
