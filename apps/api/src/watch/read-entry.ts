import type { Transaction } from '@palier/db';
import { ReaderLine, ReadingLine, WatchEntry } from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { openCursor, sealCursor } from '../cursor.ts';
import { orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { noteReadings, watching } from './looking.ts';
import { findEntry } from './people.queries.ts';
import { listReaders } from './readers.queries.ts';
import { listReadingsForReader, partOf } from './readings.queries.ts';
import { listRead } from './seats.queries.ts';

const PersonId = z.strictObject({ personId: z.uuid() });
const Read = z.strictObject({ entry: WatchEntry, readers: z.array(ReaderLine) });
const Sheet = Read.extend({ readings: z.array(ReadingLine), next: z.string().nullable() });
const SheetQuery = z.strictObject({
  cursor: z.string().min(1).max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(200),
});
type SheetQuery = z.infer<typeof SheetQuery>;

/** What a reader may see of a person at this moment. Code: `resource.absent`. */
const look = async (tx: Transaction, ctx: SignedInContext, personId: string): Promise<z.infer<typeof Read>> => {
  orAbsent((await listRead(tx, ctx.actor.accountId, ctx.now)).find(({ id }) => id === personId));
  const entry = orAbsent(await findEntry(tx, personId));
  const readers = await listReaders(tx, [personId], ctx.now);
  return { entry, readers: readers.map(({ line }) => line) };
};

/** One person's entry, whole, for a reader named to read it and whose 48 hours are over; it is a reading, which that person sees. Code: `resource.absent`. */
export const readEntry = async (ctx: SignedInContext, { personId }: { personId: string }) => {
  const { accountId } = ctx.actor;
  return watching(ctx, { accountId }, async (tx) => {
    const read = await look(tx, ctx, personId);
    await noteReadings(tx, ctx.now, { accountId, readAs: 'reader', what: 'entry' }, [personId]);
    return read;
  });
};

/** How long, in ms, the parts of a sheet are one reading: a cursor that was kept longer is a new one, which the person sees. */
const oneReadingMs = 10 * 60_000;

/**
 * What a reader prints for a person without a screen: who may read them, and every reading, the latest first, in as many parts as it takes. It is a reading too: one, for the parts asked for within ten minutes.
 * Codes: `resource.absent`, `cursor.invalid`.
 */
export const readSheet = async (
  ctx: SignedInContext,
  { personId, cursor, limit }: SheetQuery & { personId: string },
): Promise<z.infer<typeof Sheet>> => {
  const { accountId } = ctx.actor;
  const scope = `sheet:${accountId}:${personId}`;
  const [at, id, begun = 0] = cursor === undefined ? [] : openCursor(ctx.keys, scope, cursor);
  const isGoingOn = ctx.now.getTime() - Number(begun) <= oneReadingMs;
  const after = at === undefined ? null : { at: new Date(at), id: String(id) };
  return watching(ctx, { accountId }, async (tx) => {
    const read = await look(tx, ctx, personId);
    if (!isGoingOn) await noteReadings(tx, ctx.now, { accountId, readAs: 'reader', what: 'sheet' }, [personId]);
    const who = { personId, accountId, now: ctx.now };
    const { items, last } = partOf(await listReadingsForReader(tx, who, { after, limit: limit + 1 }), limit);
    const since = isGoingOn ? begun : ctx.now.getTime();
    return { ...read, readings: items, next: last ? sealCursor(ctx.keys, scope, [last.at, last.id, since]) : null };
  });
};

export const readEntryRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/watch/people/:personId',
    {
      schema: {
        operationId: 'watch.entry',
        tags: ['watch'],
        params: PersonId,
        response: { 200: Read, ...refusals(404) },
      },
    },
    (request) => readEntry(request.account(), request.params),
  );
};

export const readSheetRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/watch/people/:personId/sheet',
    {
      schema: {
        operationId: 'watch.readingSheet',
        tags: ['watch'],
        params: PersonId,
        querystring: SheetQuery,
        response: { 200: Sheet, ...refusals(404) },
      },
    },
    (request) => readSheet(request.account(), { ...request.params, ...request.query }),
  );
};
