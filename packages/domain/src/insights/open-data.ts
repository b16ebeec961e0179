import { z } from 'zod';
import { FigureUnit } from './figures.ts';
import { IndicatorId } from './indicators.ts';
import type { Release } from './schemas.ts';
import { CommuneCode } from './view.ts';

/** The licence of what a town opens: Licence Ouverte 2.0 (Etalab, April 2017). */
export const openLicence = {
  name: 'Licence Ouverte 2.0',
  url: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/',
} as const;

/** How many months back a town's file goes. */
export const openMonths = 36;

/** One published figure on a line of its own: `of` is the category or quarter of a part, empty for the whole; `value` is null when hidden. */
export const OpenRow = z.strictObject({
  insee: CommuneCode.shape.insee.describe('INSEE code of the commune'),
  commune: z.string().describe('name of the commune'),
  period: z
    .string()
    .regex(/^\d{4}-(?:W\d{2}|\d{2})$/)
    .describe('month (2026-11) or ISO 8601 week (2026-W46)'),
  from: z.iso.date().describe('first day of the period'),
  to: z.iso.date().describe('last day of the period'),
  release: z.number().int().min(1).describe('number of the release: 1, then one more for each correction'),
  indicator: IndicatorId.describe('what is counted'),
  part: z.enum(['all', 'category', 'quarter']).describe('whether the line tells of the whole, a category or a quarter'),
  of: z.string().describe('the category or quarter; empty for the whole'),
  value: z.number().int().min(0).nullable().describe('the figure; empty when it is hidden, which is never zero'),
  unit: FigureUnit.describe('unit of the figure'),
  suppressed: z.boolean().describe('whether the figure is hidden so that nobody can be found'),
});
export type OpenRow = z.infer<typeof OpenRow>;

/** What a town that opened its figures gives to anyone: releases as they were published, and nothing else. */
export const OpenData = z.strictObject({
  licence: z.strictObject({ name: z.literal(openLicence.name), url: z.literal(openLicence.url) }),
  source: z.string(),
  schema: z.string(),
  rows: z.array(OpenRow),
});
export type OpenData = z.infer<typeof OpenData>;

/** What the commune sees and does not open: coverage of the watch (privacy.md, The watch). */
const keptBack: ReadonlySet<IndicatorId> = new Set(['coverage']);

/** The lines of a release that may be opened, in its own order. */
export const rowsOf = (release: Release, commune: string): OpenRow[] =>
  release.indicators.flatMap(({ id, figure, categories, quarters }) => {
    if (keptBack.has(id)) return [];
    const { commune: insee, period, from, to, number } = release;
    const row = (part: OpenRow['part'], of: string, { value, unit, suppressed }: typeof figure): OpenRow => ({
      ...{ insee, commune, period, from, to, release: number, indicator: id },
      ...{ part, of, value, unit, suppressed },
    });
    return [
      row('all', '', figure),
      ...categories.map((one) => row('category', one.category, one.figure)),
      ...quarters.map((one) => row('quarter', one.quarter, one.figure)),
    ];
  });

export const openColumns = Object.keys(OpenRow.shape) as (keyof OpenRow)[];

const tableTypes: Readonly<Record<keyof OpenRow, { type: string; constraints?: Record<string, unknown> }>> = {
  insee: { type: 'string', constraints: { required: true, pattern: '^(?:\\d{2}|2[AB])\\d{3}$' } },
  commune: { type: 'string', constraints: { required: true } },
  period: { type: 'string', constraints: { required: true, pattern: '^\\d{4}-(?:W\\d{2}|\\d{2})$' } },
  from: { type: 'date', constraints: { required: true } },
  to: { type: 'date', constraints: { required: true } },
  release: { type: 'integer', constraints: { required: true, minimum: 1 } },
  indicator: { type: 'string', constraints: { required: true, enum: IndicatorId.options } },
  part: { type: 'string', constraints: { required: true, enum: OpenRow.shape.part.options } },
  of: { type: 'string' },
  value: { type: 'integer', constraints: { minimum: 0 } },
  unit: { type: 'string', constraints: { required: true, enum: FigureUnit.options } },
  suppressed: { type: 'boolean', constraints: { required: true } },
};

/** The schema of the CSV file (Frictionless Table Schema, as schema.data.gouv.fr asks); one line a figure, an empty value when hidden. */
export const openTableSchema = {
  $schema: 'https://frictionlessdata.io/schemas/table-schema.json',
  name: 'palier-entraide',
  fields: openColumns.map((name) => ({
    name,
    description: OpenRow.shape[name].description ?? '',
    ...tableTypes[name],
  })),
  missingValues: [''],
  primaryKey: ['insee', 'period', 'release', 'indicator', 'part', 'of'],
} as const;

/** The schema of the JSON file (JSON Schema 2020-12). */
export const openJsonSchema = (): unknown => z.toJSONSchema(OpenData, { target: 'draft-2020-12' });
