import { expect, test } from 'vitest';
import { hidden, shown } from './figures.ts';
import { OpenData, openColumns, openJsonSchema, openLicence, openTableSchema, rowsOf } from './open-data.ts';
import type { Release } from './schemas.ts';

const release: Release = {
  ...{ format: 1, commune: '01173', period: '2026-10', number: 2, from: '2026-10-01', to: '2026-10-31' },
  ...{ timeZone: 'Europe/Paris', quarters: [] },
  indicators: [
    {
      ...{ id: 'requests', figure: shown(40, 'posts') },
      categories: [{ category: 'pets', figure: shown(27, 'posts') }],
      quarters: [{ quarter: 'q1', figure: hidden('posts') }],
    },
    { id: 'active', figure: shown(25, 'people'), categories: [], quarters: [] },
  ],
};

test('a release is opened a figure a line: the whole, then its categories, then its quarters', () => {
  const of = { insee: '01173', commune: 'Gex', period: '2026-10', from: '2026-10-01', to: '2026-10-31', release: 2 };
  const requests = { ...of, indicator: 'requests', unit: 'posts' };
  const rows = rowsOf(release, 'Gex');
  expect(rows).toEqual([
    { ...requests, part: 'all', of: '', value: 40, suppressed: false },
    { ...requests, part: 'category', of: 'pets', value: 27, suppressed: false },
    { ...requests, part: 'quarter', of: 'q1', value: null, suppressed: true },
    { ...of, indicator: 'active', part: 'all', of: '', value: 25, unit: 'people', suppressed: false },
  ]);
  const opened = { licence: openLicence, source: 'https://palier.test', schema: 'https://palier.test/schema', rows };
  expect(OpenData.parse(opened)).toEqual(opened);
});

test('each column is described by the schema of the table, and named by that of the JSON', () => {
  expect(openTableSchema.fields.map(({ name }) => name)).toEqual(openColumns);
  for (const { name, description, type } of openTableSchema.fields)
    expect([name, description.length > 5, type.length > 3]).toEqual([name, true, true]);
  expect(openJsonSchema()).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    properties: { rows: { items: { required: openColumns } } },
  });
});
