import { Readable } from 'node:stream';
import { inTransaction, watchAs } from '@palier/db';
import { dataMap, type Entry, ownRows, type Person } from '@palier/db/data-map';
import { ExportHead } from '@palier/domain/accounts';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { countAttempt } from '../accounts/index.ts';
import type { Deps, SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { photoAddress } from '../messaging/index.ts';
import { refusals } from '../plugins/refusals.ts';
import { findResidentOf } from './leaving.queries.ts';

/** Exports that one account may ask for: six an hour. */
const mostExports = { max: 6, windowMs: 3_600_000 } as const;
const page = 500;

const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The rows of one table that are this person's, a page at a time, in the order of its key. */
async function* rowsOf(db: Deps['db'], entry: Entry, me: Person, now: Date) {
  const own = ownRows(entry, me);
  if (!own) return;
  const { primaryKeys } = getTableConfig(entry.table);
  const key = primaryKeys[0]?.columns ?? Object.values(entry.columns).filter(({ primary }) => primary);
  for (let offset = 0; ; offset += page) {
    const rows = await inTransaction(db, async (tx) => {
      await watchAs(tx, me, now);
      return tx
        .select(own.columns)
        .from(entry.table)
        .where(own.where)
        .orderBy(...key)
        .limit(page)
        .offset(offset);
    });
    yield* rows;
    if (rows.length < page) return;
  }
}

/** Everything about a person as one JSON text, in pieces: a section a table of the data map, empty ones left out; a photo comes with an address that is good for one hour. */
export async function* exportPieces(
  deps: Pick<Deps, 'db' | 'env' | 'keys'>,
  me: Person,
  now: Date,
): AsyncGenerator<string> {
  yield `{"format":"palier.export.v1","exportedAt":"${now.toISOString()}"`;
  for (const entry of dataMap) {
    let isFirst = true;
    for await (const row of rowsOf(deps.db, entry, me, now)) {
      yield `${isFirst ? `,\n"${camel(entry.name)}":[\n` : ',\n'}${JSON.stringify(entry.name === 'photos' ? { ...row, address: photoAddress(deps, String(row.id), now) } : row)}`;
      isFirst = false;
    }
    if (!isFirst) yield ']';
  }
  yield '}\n';
}

/** Everything about me, streamed: never more than a page of rows in memory. Code: `rate.limited`. */
export const exportMe = async (ctx: SignedInContext): Promise<Readable> => {
  const { accountId } = ctx.actor;
  const asked = await countAttempt(ctx.db, `export:${accountId}`, mostExports.windowMs, ctx.now);
  if (ctx.env.hasRateLimits && asked > mostExports.max) throw new AppError('rate.limited', { retryAfterS: 3600 });
  const resident = await findResidentOf(ctx.db, { accountId });
  return Readable.from(exportPieces(ctx, { accountId, residentId: resident?.id ?? null }, ctx.now));
};

export const exportMeRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/me/export',
    { schema: { operationId: 'me.export', tags: ['accounts'], response: { 200: ExportHead, ...refusals() } } },
    async (request, reply) => {
      const stream = await exportMe(request.account());
      const day = new Date().toISOString().slice(0, 10);
      return reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="palier-${day}.json"`)
        .send(stream as never);
    },
  );
};
