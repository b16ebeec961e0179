import { PageQuery, pageOf } from '@palier/domain/paging';
import { WatchedLine, WatchedList } from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SignedInContext } from '../context.ts';
import { cutPage } from '../cut-page.ts';
import { refusals } from '../plugins/refusals.ts';
import { findHead, seqHeader } from '../stream-head.ts';
import { noteReadings, watching } from './looking.ts';
import { listReaders } from './readers.queries.ts';
import { listHomes, listOnPaper, listRead } from './seats.queries.ts';

/** Whom the caller was named to read, whom they have to tell on paper who was named, and the residences a slip may come from. Each person shown is a reading, which that person sees. Code: `cursor.invalid`. */
export const listWatched = async (
  ctx: SignedInContext,
  query: PageQuery,
): Promise<WatchedList & { next: string | null }> => {
  const { accountId, roles } = ctx.actor;
  return watching(ctx, { accountId }, async (tx) => {
    const all = await listRead(tx, accountId, ctx.now);
    const { items, next } = cutPage(ctx.keys, `watched ${accountId}`, all, query, ({ id }) => id);
    const onPaper = await listOnPaper(tx);
    const namings = await listReaders(
      tx,
      onPaper.map(({ personId }) => personId),
      ctx.now,
    );
    const announcements = onPaper.flatMap((person) => {
      const lines = namings.filter(({ naming }) => naming.personId === person.personId).map(({ line }) => line);
      const waiting = lines.filter(({ state }) => state === 'waiting');
      return waiting.length > 0 ? [{ ...person, readers: waiting }] : [];
    });
    const list = { accountId, readAs: 'reader', what: 'list' } as const;
    await noteReadings(
      tx,
      ctx.now,
      list,
      items.map(({ id }) => id),
    );
    const paper = { accountId, readAs: 'slip', what: 'announcement' } as const;
    await noteReadings(
      tx,
      ctx.now,
      paper,
      announcements.map(({ personId }) => personId),
    );
    const territories = roles.flatMap((grant) => (grant.role === 'reader' ? [grant.territoryId] : []));
    return { items, next, announcements, residences: await listHomes(tx, [...new Set(territories)]) };
  });
};

export const listWatchedRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/watch/people',
    {
      schema: {
        operationId: 'watch.people',
        tags: ['watch'],
        querystring: PageQuery,
        response: { 200: WatchedList.extend(pageOf(WatchedLine).shape), ...refusals() },
      },
    },
    async (request, reply) => {
      const ctx = request.account();
      reply.header(seqHeader, String(await findHead(ctx.db)));
      return listWatched(ctx, request.query);
    },
  );
};
