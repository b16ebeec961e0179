import { CommuneCode, type Figure, type InsightsView, ReadInsights } from '@palier/domain/insights';
import { m } from '@palier/messages';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SignedInContext } from '../context.ts';
import { orAbsent } from '../errors.ts';
import { refusals } from '../plugins/refusals.ts';
import { logLook, officeOf } from './office.ts';
import { viewInsights } from './view-release.ts';

/** A cell that no spreadsheet takes for a formula (OWASP, CSV injection), between quotes. */
const cell = (text: string): string => {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
};

const lineOf = (cells: readonly (string | number | null)[]): string =>
  cells.map((one) => (typeof one === 'number' ? String(one) : cell(one ?? ''))).join(';');

/** A release as a table: one line a figure, a hidden one empty and said hidden; UTF-8 with its mark and semicolons, as French spreadsheets open it. */
const csvOf = (view: InsightsView, locale: SignedInContext['locale']): string => {
  const say = { locale };
  const line = (id: string, label: string, part: string, { value, unit, suppressed }: Figure) =>
    lineOf([
      ...[view.commune, view.name, view.period, view.release ?? '', id, label, part, value, unit],
      suppressed ? m.insights_csv_yes({}, say) : m.insights_csv_no({}, say),
    ]);
  const head = lineOf([
    ...['insee', m.insights_commune_label({}, say), m.insights_csv_period({}, say), m.insights_csv_release({}, say)],
    ...[m.insights_csv_indicator({}, say), m.insights_csv_label({}, say), m.insights_csv_part({}, say)],
    ...[m.insights_csv_value({}, say), m.insights_csv_unit({}, say), m.insights_csv_suppressed({}, say)],
  ]);
  const lines = view.indicators.flatMap(({ id, label, figure, upTo, categories, quarters }) => [
    line(id, label, upTo ? m.insights_csv_from({}, say) : m.insights_csv_all({}, say), figure),
    ...(upTo ? [line(id, label, m.insights_csv_up_to({}, say), upTo)] : []),
    ...[...categories, ...quarters].map((part) => line(id, label, part.label, part.figure)),
  ]);
  return `\uFEFF${[head, ...lines].join('\r\n')}\r\n`;
};

/** The same as `readInsights`, as a table to take away; the export is logged first. */
export const exportCsv = async (
  ctx: SignedInContext,
  { insee, period }: { insee: string; period: string },
): Promise<string> => {
  const office = officeOf(ctx, insee);
  const view = orAbsent(await viewInsights(ctx, { insee, period }));
  await logLook(ctx, office, 'insights.export', `${period}.csv`);
  return csvOf(view, ctx.locale);
};

export const exportCsvRoute: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/communes/:insee/insights.csv',
    {
      schema: {
        operationId: 'insights.export',
        tags: ['insights'],
        params: CommuneCode,
        querystring: ReadInsights,
        response: { 200: z.string().describe('text/csv'), ...refusals(404) },
      },
    },
    async (request, reply) => {
      const text = await exportCsv(request.account(), { ...request.params, ...request.query });
      const name = `palier-${request.params.insee}-${request.query.period}.csv`;
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(text);
    },
  );
};
