import {
  CommuneCode,
  OpenData,
  type OpenRow,
  openColumns,
  openJsonSchema,
  openLicence,
  openMonths,
  openTableSchema,
  Release,
  rowsOf,
} from '@palier/domain/insights';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../context.ts';
import { AppError } from '../errors.ts';
import { communeName } from '../places/index.ts';
import { unchanged } from '../plugins/copies.ts';
import { refusals } from '../plugins/refusals.ts';
import { listReleases } from './releases.queries.ts';
import { findSettings } from './settings.queries.ts';

const monthMs = 31 * 86_400_000;

/** Everything released of a commune in three years, every number of each, if its town hall opened it; else absent. Code: `resource.absent`. */
export const readOpenRows = async ({ db, clock }: Deps, insee: string): Promise<OpenRow[]> => {
  const { publicSince } = await findSettings(db, insee);
  if (!publicSince) throw new AppError('resource.absent');
  const since = new Date(clock().getTime() - openMonths * monthMs).toISOString().slice(0, 10);
  const name = communeName(insee);
  return (await listReleases(db, insee))
    .map(({ body }) => Release.parse(JSON.parse(body)))
    .filter(({ from }) => from >= since)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.number - b.number))
    .flatMap((release) => rowsOf(release, name));
};

/** Closed again, the next look finds nothing: no copy is used unasked. */
const asked = { 'cache-control': 'public, no-cache' } as const;

const cell = (value: string | number | boolean | null): string =>
  typeof value === 'string' && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value ?? '');

/** The lines as a CSV that programs read (RFC 4180): commas, names of columns in the first line; codes, digits and names of communes alone, so that no cell is a formula. */
const csvOf = (rows: readonly OpenRow[]): string =>
  [openColumns, ...rows.map((row) => openColumns.map((name) => cell(row[name])))]
    .map((line) => `${line.join(',')}\r\n`)
    .join('');

export const openDataRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes/:insee/open-data',
    {
      schema: {
        operationId: 'insights.openData',
        tags: ['insights'],
        params: CommuneCode,
        response: { 200: OpenData, 304: unchanged, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const data: OpenData = {
        licence: openLicence,
        source: `Palier, ${communeName(request.params.insee)}`,
        schema: `${app.deps.env.origin.origin}/api/open-data/json-schema`,
        rows: await readOpenRows(app.deps, request.params.insee),
      };
      reply.headers(asked);
      return data;
    },
  );
  app.get(
    '/communes/:insee/open-data.csv',
    {
      schema: {
        operationId: 'insights.openDataCsv',
        tags: ['insights'],
        params: CommuneCode,
        response: { 200: z.string().describe('text/csv'), 304: unchanged, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const { insee } = request.params;
      const text = csvOf(await readOpenRows(app.deps, insee));
      return reply
        .headers(asked)
        .type('text/csv; charset=utf-8')
        .header('link', `<${openLicence.url}>; rel="license", </api/open-data/table-schema>; rel="describedby"`)
        .header('content-disposition', `attachment; filename="palier-${insee}.csv"`)
        .send(text);
    },
  );
};

const schemas = { 'json-schema': openJsonSchema(), 'table-schema': openTableSchema } as const;

export const openSchemasRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/open-data/:schema',
    {
      schema: {
        operationId: 'insights.openSchemas',
        tags: ['insights'],
        params: z.strictObject({ schema: z.string().max(40) }),
        response: { 200: z.record(z.string(), z.unknown()), 304: unchanged, ...refusals(404) },
      },
    },
    async (request, reply) => {
      const { schema } = request.params;
      if (schema !== 'json-schema' && schema !== 'table-schema') throw new AppError('resource.absent');
      reply.headers(asked);
      return schemas[schema] as Record<string, unknown>;
    },
  );
};
