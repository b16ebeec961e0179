import { PageQuery, pageOf } from '@palier/domain/paging';
import { MyWatch, ReadingLine } from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { ResidentContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { refusals } from '../plugins/refusals.ts';
import { looking } from './looking.ts';
import { findOwnEntry } from './people.queries.ts';
import { listReaders } from './readers.queries.ts';
import { listReadings, partOf } from './readings.queries.ts';
import { findOwnVolunteer } from './volunteers.queries.ts';

/** What the watch holds of the caller: their entry, who may read it, whether they help. */
export const readMyWatch = async (ctx: ResidentContext): Promise<MyWatch> => {
  const { residentId } = ctx.actor;
  return looking(ctx, { residentId }, async (tx) => {
    const entry = (await findOwnEntry(tx, residentId)) ?? null;
    const readers = entry ? await listReaders(tx, [entry.id], ctx.now) : [];
    const volunteer = (await findOwnVolunteer(tx, residentId)) ?? null;
    return { entry, readers: readers.map(({ line }) => line), volunteer };
  });
};

const Readings = pageOf(ReadingLine);

/** Every reading of the caller's entry, the latest first; none when they are not on the watch. Code: `cursor.invalid`. */
export const listMyReadings = async (
  ctx: ResidentContext,
  { cursor, limit }: PageQuery,
): Promise<z.infer<typeof Readings>> => {
  const { residentId } = ctx.actor;
  const scope = `readings:${residentId}`;
  const [at, id] = cursor === undefined ? [] : openCursor(ctx.keys, scope, cursor);
  const after = at === undefined ? null : { at: new Date(at), id: String(id) };
  const rows = await looking(ctx, { residentId }, async (tx) => {
    const entry = await findOwnEntry(tx, residentId);
    return entry ? listReadings(tx, entry.id, { after, limit: limit + 1 }) : [];
  });
  const { items, last } = partOf(rows, limit);
  return { items, next: last ? sealCursor(ctx.keys, scope, [last.at, last.id]) : null };
};

export const readMyWatchRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/watch/me',
    { schema: { operationId: 'watch.read', tags: ['watch'], response: { 200: MyWatch, ...refusals() } } },
    (request) => readMyWatch(request.resident()),
  );
};

export const listMyReadingsRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/watch/me/readings',
    {
      schema: {
        operationId: 'watch.readings',
        tags: ['watch'],
        querystring: PageQuery,
        response: { 200: Readings, ...refusals() },
      },
    },
    (request) => listMyReadings(request.resident(), request.query),
  );
};
