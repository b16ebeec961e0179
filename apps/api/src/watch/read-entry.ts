import { ReaderLine, ReadingLine, WatchEntry } from '@palier/domain/watch';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { noteReadings, watching } from './looking.ts';
import { findEntry } from './people.queries.ts';
import { listReaders } from './readers.queries.ts';
import { listReadingsForReader } from './readings.queries.ts';
import { listRead } from './seats.queries.ts';

const PersonId = z.strictObject({ personId: z.uuid() });
const Read = z.strictObject({ entry: WatchEntry, readers: z.array(ReaderLine) });
const Sheet = Read.extend({ readings: z.array(ReadingLine) });

const readAs = (
  ctx: SignedInContext,
  { personId }: { personId: string },
  what: 'entry' | 'sheet',
): Promise<z.infer<typeof Sheet>> => {
  const { accountId } = ctx.actor;
  return watching(ctx, { accountId }, async (tx) => {
    orAbsent((await listRead(tx, accountId, ctx.now)).find(({ id }) => id === personId));
    const entry = orAbsent(await findEntry(tx, personId));
    const readers = await listReaders(tx, [personId], ctx.now);
    await noteReadings(tx, ctx.now, { accountId, readAs: 'reader', what }, [personId]);
    const readings = what === 'sheet' ? await listReadingsForReader(tx, personId, accountId, ctx.now) : [];
    return { entry, readers: readers.map(({ line }) => line), readings };
  });
};

/** One person's entry, whole, for a reader named to read it and whose 48 hours are over; it is a reading, which that person sees. Code: `resource.absent`. */
export const readEntry = async (ctx: SignedInContext, input: { personId: string }): Promise<z.infer<typeof Read>> => {
  const { entry, readers } = await readAs(ctx, input, 'entry');
  return { entry, readers };
};

/** What a reader prints for a person without a screen: who may read them, and every reading. It is a reading too. Code: `resource.absent`. */
export const readSheet = (ctx: SignedInContext, input: { personId: string }): Promise<z.infer<typeof Sheet>> =>
  readAs(ctx, input, 'sheet');

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
        response: { 200: Sheet, ...refusals(404) },
      },
    },
    (request) => readSheet(request.account(), request.params),
  );
};
