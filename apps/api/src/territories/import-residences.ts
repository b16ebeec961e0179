import { type ImportedLine, ImportReport, ImportResidences, readResidenceList } from '@palier/domain/territories';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { createOnce } from '../answer-once.ts';
import type { SignedInContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { mutate, reader } from '../mutate.ts';
import { refusals } from '../plugins/refusals.ts';
import { TerritoryId, territoryInCharge } from './in-charge.ts';
import { writeResidence } from './open-residence.ts';
import { canStandIn } from './standing-place.ts';
import { listImportKeys, lockTerritory } from './territories.queries.ts';

/** The text of a file as spreadsheets write it: UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1252. */
const textOf = (bytes: Buffer): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

type Outcome = ImportReport['lines'][number];

/** What becomes of each line, and those that are to be opened. */
const sortLines = (lines: readonly ImportedLine[], known: ReadonlySet<string>) => {
  const toOpen: NonNullable<ImportedLine['residence']>[] = [];
  const outcomes = lines.map(({ line, name, faults, residence }): Outcome => {
    if (!residence) return { line, name, outcome: 'wrong', faults };
    if (known.has(`${residence.commune} ${residence.key}`)) return { line, name, outcome: 'known', faults: [] };
    if (!canStandIn(residence.commune, residence)) return { line, name, outcome: 'wrong', faults: ['outside'] };
    toOpen.push(residence);
    return { line, name, outcome: 'opened', faults: [] };
  });
  return { outcomes, toOpen };
};

/**
 * Opens the residences of a list, or says line by line what would be opened and what is wrong; lines with a fault are left out, and a list sent twice opens nothing twice.
 * Codes: `role.required`, `resource.absent`, `csv.unreadable`.
 */
export const importResidences = async (
  ctx: SignedInContext,
  input: ImportResidences & { territoryId: string },
): Promise<ImportReport> => {
  const territory = await territoryInCharge(ctx, input.territoryId);
  const lines = readResidenceList(textOf(Buffer.from(input.file, 'base64')));
  if (!lines || lines.length === 0) throw new AppError('csv.unreadable');
  const { outcomes, toOpen } = sortLines(lines, await listImportKeys(reader(ctx), territory.id));
  if (!input.dryRun && toOpen.length > 0)
    await mutate(ctx, async (tx) => {
      await lockTerritory(tx, territory.id);
      for (const { key, lat, lon, ...residence } of toOpen)
        await writeResidence(tx, ctx, territory, { ...residence, point: { lat, lon } }, key);
    });
  const count = (outcome: Outcome['outcome']) => outcomes.filter((line) => line.outcome === outcome).length;
  return { opened: count('opened'), known: count('known'), wrong: count('wrong'), lines: outcomes };
};

export const importResidencesRoute: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/territories/:territoryId/imports',
    {
      bodyLimit: 300_000,
      config: { isCreating: true },
      schema: {
        operationId: 'residences.import',
        tags: ['territories'],
        params: TerritoryId,
        body: ImportResidences,
        response: { 200: ImportReport, ...refusals(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const open = (ctx: SignedInContext) => importResidences(ctx, { ...request.params, ...request.body });
      return createOnce(request, reply, request.account(), ImportReport, open, { status: 200 });
    },
  );
};
