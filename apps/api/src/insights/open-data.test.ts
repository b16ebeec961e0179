import { IndicatorId, OpenData, openColumns, openTableSchema } from '@palier/domain/insights';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { unlike } from '../../test/guards/answers.ts';
import { openHarness } from '../../test/harness.ts';
import { mintTown } from '../../test/town.ts';
import type { Context } from '../context.ts';
import { buildReleases } from './build-releases.ts';
import { listReleases } from './releases.queries.ts';

const now = new Date('2026-11-10T09:00:00Z');
const h = await openHarness({}, { clock: () => now }, undefined, true);
const ctx: Context<null> = { ...h.deps, actor: null, now, ip: '', locale: 'fr', tx: null };
const town = await mintTown(h, { commune: '01289', people: 40, months: 2, until: now });
await buildReleases(ctx, { communes: [town.commune] });
const path = `/communes/${town.commune}`;
const open = (isPublic: boolean) => h.call('POST', `${path}/public`, { as: town.officer, body: { isPublic } });
const read = (what = 'open-data', headers = {}) => h.call('GET', `${path}/${what}`, { headers });

test('nothing is public until the officer opens it, and nothing once it is closed again', async () => {
  const elsewhere = await h.call('GET', '/communes/99999/open-data');
  expect(unlike(await read(), elsewhere)).toEqual([]);
  expect([(await read()).status, (await read('open-data.csv')).status]).toEqual([404, 404]);
  expect((await open(true)).status).toBe(204);
  expect([(await read()).status, (await read('open-data.csv')).status]).toEqual([200, 200]);
  const { headers } = await read();
  expect((await read('open-data', { 'if-none-match': headers['etag'] })).status).toBe(304);
  expect([headers['set-cookie'], headers['cache-control']]).toEqual([undefined, 'public, no-cache']);
  expect((await open(false)).status).toBe(204);
  for (const what of ['open-data', 'open-data.csv']) {
    const closed = await read(what, { 'if-none-match': headers['etag'] });
    expect([closed.status, closed.headers['cache-control']]).toEqual([404, 'private, no-store']);
  }
  await open(true);
});

test('the JSON file is what its published schema says, and holds what was released and nothing else', async () => {
  const { body } = await read();
  const { body: schema } = await h.call('GET', '/open-data/json-schema');
  const validate = new Ajv2020({ formats: { date: /^\d{4}-\d\d-\d\d$/ } }).compile(schema);
  expect([validate(body), validate.errors]).toEqual([true, null]);
  expect(validate({ ...body, rows: [{ ...body.rows[0], value: -1 }] })).toBe(false);
  const { rows, licence } = OpenData.parse(body);
  expect(licence.name).toBe('Licence Ouverte 2.0');
  const released = await listReleases(h.db, town.commune);
  expect(new Set(rows.map(({ period }) => period))).toEqual(new Set(released.map(({ period }) => period)));
  expect(rows.filter(({ suppressed, value }) => suppressed !== (value === null))).toEqual([]);
  expect(rows.find((row) => row.period === '2026-10' && row.indicator === 'active')).toMatchObject({
    value: 40,
    of: '',
  });
});

test('the CSV file has the columns, types and values that its table schema says', async () => {
  const { text, headers } = await read('open-data.csv');
  expect([headers['content-type'], headers['link']]).toEqual([
    'text/csv; charset=utf-8',
    expect.stringContaining('rel="license"'),
  ]);
  const { body: schema } = await h.call('GET', '/open-data/table-schema');
  expect(schema).toEqual(JSON.parse(JSON.stringify(openTableSchema)));
  const [head, ...lines] = text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  expect(head).toEqual(openColumns);
  const fields: { name: string; type: string; constraints?: Record<string, unknown> }[] = schema.fields;
  const shapes: Record<string, RegExp> = {
    integer: /^-?\d+$/,
    boolean: /^(?:true|false)$/,
    date: /^\d{4}-\d\d-\d\d$/,
    string: /^/,
  };
  const faults = lines.flatMap((cells) =>
    fields.flatMap(({ name, type, constraints = {} }, n) => {
      const text = cells[n] ?? '';
      if (text === '') return constraints['required'] === true ? [`${name} is empty`] : [];
      const {
        pattern,
        enum: options,
        minimum,
      } = constraints as { pattern?: string; enum?: string[]; minimum?: number };
      const isRight =
        shapes[type]?.test(text) === true &&
        (pattern === undefined || new RegExp(pattern).test(text)) &&
        (options === undefined || options.includes(text)) &&
        (minimum === undefined || Number(text) >= minimum);
      return isRight ? [] : [`${name}: ${text}`];
    }),
  );
  expect([faults, lines.length > 100]).toEqual([[], true]);
  const keys = lines.map((cells) =>
    schema.primaryKey.map((name: string) => cells[openColumns.indexOf(name as 'of')]).join(' '),
  );
  expect(new Set(keys).size).toBe(keys.length);
  for (const line of lines) for (const text of line) expect(text).not.toMatch(/^[=+\-@]/);
  expect(new Set(lines.map((cells) => cells[openColumns.indexOf('indicator')]))).toEqual(
    new Set(IndicatorId.options.filter((id) => id !== 'worth' && id !== 'coverage')),
  );
});

test('a schema that is not published is absent', async () => {
  expect((await h.call('GET', '/open-data/other')).status).toBe(404);
});
