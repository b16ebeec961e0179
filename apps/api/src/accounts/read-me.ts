import { Me } from '@palier/domain/accounts';
import { readChoices } from '@palier/domain/notifications';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { countWaiting, deskOf } from '../moderation/index.ts';
import { reader } from '../mutate.ts';
import { findMe } from './accounts.queries.ts';

/** How many cases wait on the desk of whoever has one. */
const countCases = async (ctx: SignedInContext): Promise<number> => {
  const hasDesk = ctx.actor.roles.some(({ role }) => role === 'referent' || role === 'coordinator');
  return hasDesk ? countWaiting(reader(ctx), deskOf(ctx)) : 0;
};

/** Who I am: my account, my roles, the resident I am, and how much waits for me. */
export const readMe = async (ctx: SignedInContext): Promise<z.infer<typeof Me>> => {
  const { account, resident, residence, stair, choices, unreadNotices, unreadMessages, atHome } = orAbsent(
    await findMe(reader(ctx), ctx.actor.accountId, ctx.now),
  );
  const home = ctx.actor.resident &&
    residence && { id: residence.id, name: residence.name, commune: residence.commune };
  return {
    account: {
      id: account.id,
      email: account.email,
      emailConfirmed: account.emailConfirmedAt !== null,
      emailFailed: account.emailFailedAt !== null,
      displayName: account.displayName,
      locale: account.locale,
      largeText: account.largeText,
      eraseAt: account.eraseAt?.toISOString() ?? null,
    },
    roles: [...ctx.actor.roles],
    resident:
      resident && residence && home
        ? { ...resident, joinedAt: resident.joinedAt.toISOString(), residence: home, stair, cell: residence.cell }
        : null,
    residence: home,
    notices: readChoices(choices),
    unread: {
      notifications: unreadNotices,
      messages: unreadMessages,
      cases: await countCases(ctx),
    },
    atHome: home ? atHome : { campaigns: false, townMessages: false }, // whoever is leaving lives nowhere meanwhile
  };
};

export const readMeRoute: FastifyPluginAsyncZod = async (app) => {
  app.get('/me', { schema: { operationId: 'me.read', tags: ['accounts'], response: { 200: Me } } }, (request) =>
    readMe(request.account()),
  );
};
