import type { Transaction } from '@palier/db';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { newId } from '../ids.ts';
import { writeNotices } from '../notifications/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { actedBy, record } from '../record.ts';
import { watchEntry, watching } from './looking.ts';
import { claimEntry, listReaderAccounts } from './people.queries.ts';

/** Takes a resident off the watch and tells their readers, and `account` if it was done for them. The log is the same when they were not on it, so that nobody learns from it who is. */
export const takeOff = async (
  tx: Transaction,
  resident: { id: string; account: string | null },
  by: ReturnType<typeof actedBy>,
): Promise<void> => {
  const id = await claimEntry(tx, resident.id, { withdrawnAt: by.at });
  const readers = id ? await listReaderAccounts(tx, id) : [];
  const told = [
    ...readers.map((accountId) => ({ accountId, kind: 'watch', turn: 'withdrawn' }) as const),
    ...(id && resident.account ? [{ accountId: resident.account, kind: 'watch', turn: 'off' } as const] : []),
  ];
  await record(tx, watchEntry(by, 'watch.withdraw', id ?? newId()), await writeNotices(tx, by.at, told));
};

/** Takes the caller off the watch, in one gesture: gone from every view at once, and purged within a day. A referent does it so for a neighbour without an account, on the telephone. */
export const withdrawWatch = async (ctx: ResidentContext): Promise<void> =>
  watching(ctx, 'house', (tx) => takeOff(tx, { id: ctx.actor.residentId, account: null }, actedBy(ctx)));

export const withdrawWatchRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/watch/me/withdraw',
    {
      config: { mayActFor: true },
      schema: { operationId: 'watch.withdraw', tags: ['watch'], response: { 204: z.null(), ...refusals() } },
    },
    async (request, reply) => {
      await withdrawWatch(request.resident());
      return reply.code(204).send(null);
    },
  );
};
