import fc from 'fast-check';
import { long, nasty, raw, values } from './nasty.ts';

/** The part of JSON Schema that our document uses. */
export type Schema = {
  type?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
};
export type Operation = {
  operationId: string;
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
export type Case = {
  role: 'owner' | 'anonymous' | 'officer';
  ids: string;
  query: [string, string][];
  payload: string | Buffer | undefined;
  headers: Record<string, string>;
};

const instants = fc
  .date({ min: new Date('2019-12-31'), max: new Date('2100-01-02'), noInvalidDate: true })
  .map((date) => date.toISOString());

const stringOf = (schema: Schema): fc.Arbitrary<string> => {
  const { minLength = 0, maxLength = 50 } = schema;
  if (schema.format === 'uuid') return fc.uuid({ version: 7 });
  if (schema.format === 'date-time' || maxLength === 40) return instants;
  const edges = [minLength, minLength + 1, maxLength, maxLength + 1, Math.floor(maxLength / 4)].map((length) =>
    long('a voisin', length),
  );
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...edges) },
    {
      weight: 4,
      arbitrary: fc.constantFrom('Un pain et du lait', 'Réparer une étagère', 'Merci beaucoup à vous tous'),
    },
    { weight: 1, arbitrary: nasty },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: Math.min(minLength, 60), maxLength: 60 }) },
  );
};
const addresses = fc.uuid().map((id) => `${id}@example.test`);

/** A value as the schema asks, or just beside its bounds. */
const valid = (schema: Schema, key = '', known: readonly string[] = []): fc.Arbitrary<unknown> => {
  if (key === 'email') return fc.oneof({ weight: 4, arbitrary: addresses }, { weight: 1, arbitrary: stringOf(schema) });
  if (key === 'code') return fc.constantFrom(...known);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => valid(one, key, known)));
  if (schema.type === 'string') return stringOf(schema);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'array') return fc.array(valid(schema.items ?? {}), { maxLength: 17 });
  if (schema.type === 'integer' || schema.type === 'number') {
    const { minimum = -5, maximum = 5 } = schema;
    const [low, high] = [Math.max(minimum, -1e9), Math.min(maximum, 1e9)];
    return fc.oneof(fc.integer({ min: low, max: high }), fc.constantFrom(low, high, low - 1, high + 1));
  }
  if (schema.type === 'object') {
    const shape = Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, item]) => [name, valid(item, name, known)]),
    );
    return fc.record(shape, { requiredKeys: (schema.required ?? []) as never[] });
  }
  return fc.constant(null);
};

const extras = [
  'role',
  'id',
  'ownerId',
  'authorId',
  'status',
  'state',
  'verified',
  'commune',
  'trust',
  'residenceId',
  'cell',
  'taken',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '',
];

/** A valid body with up to three things wrong with it. */
const damaged = (schema: Schema, known: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      valid(schema, '', known),
      fc.array(
        fc.tuple(
          fc.nat(),
          values,
          fc.constantFrom('replace', 'drop', 'add', 'wrap', 'nest'),
          fc.constantFrom(...extras),
        ),
        { maxLength: 2 },
      ),
    )
    .map(([body, harms]) => {
      if (typeof body !== 'object' || body === null) return JSON.stringify(body);
      const entries = new Map<string, unknown>(Object.entries(body));
      for (const [n, value, harm, extra] of harms) {
        const key = [...entries.keys()][n % Math.max(1, entries.size)] ?? 'x';
        if (harm === 'drop') entries.delete(key);
        else if (harm === 'add') entries.set(extra, value);
        else if (harm === 'wrap') entries.set(key, [entries.get(key)]);
        else if (harm === 'nest') entries.set(key, { [extra]: entries.get(key) });
        else entries.set(key, value);
      }
      return `{${[...entries].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? 'null'}`).join(',')}}`;
    });

const oddTypes = [
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'application/json; charset=utf-16',
  ' application/json',
  'application/json\tx',
  'application/json garbage',
  'application/json, text/plain',
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/vnd.api+json',
  'a',
  '',
];
const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { 'idempotency-key': '' },
      { 'idempotency-key': long('k', 201) },
      { 'idempotency-key': 'same' },
      { 'idempotency-key': 'é à' },
      { 'x-http-method-override': 'DELETE' },
      { 'accept-language': long('xx,', 9_000) },
      { 'if-none-match': '*' },
      { range: 'bytes=0-1' },
      { 'content-encoding': 'gzip' },
      { accept: 'text/html' },
      { 'x-long': long('h', 15_000) },
      { expect: 'a miracle' },
      { cookie: 'palier_session=%00; __proto__=1' },
      { cookie: long('a=b; ', 9_000) },
    ),
  },
);

const asQuery = (parameters: NonNullable<Operation['parameters']>): fc.Arbitrary<[string, string][]> => {
  const known = parameters.filter((one) => one.in === 'query');
  const one = (name: string, schema: Schema) =>
    fc
      .oneof(
        valid(schema).map((value) => String(Array.isArray(value) ? (value[0] ?? '') : value)),
        nasty,
        fc.constantFrom('1', '20', '0', '100', '101', '9999999'),
      )
      .map((text): [string, string] => [name, text]);
  const anyOne = fc.oneof(
    ...known.map(({ name, schema }) => one(name, schema)),
    fc.tuple(fc.constantFrom(...extras, 'kind[]', 'q[x]', 'limit.x'), nasty),
  );
  return fc.array(anyOne, { maxLength: known.length > 0 ? 4 : 1 });
};

/** Calls of one operation, from nearly right to nothing like it; `ids` are real ones to mix in. */
export const casesOf = ({ parameters = [], requestBody }: Operation, ids: readonly string[]): fc.Arbitrary<Case> => {
  const schema = requestBody?.content['application/json']?.schema;
  const payload = schema
    ? fc.oneof({ weight: 8, arbitrary: damaged(schema, ids) }, { weight: 1, arbitrary: raw })
    : fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: raw });
  return fc.record({
    role: fc.oneof(
      { weight: 10, arbitrary: fc.constant('owner' as const) },
      { weight: 1, arbitrary: fc.constantFrom('anonymous' as const, 'officer' as const) },
    ),
    ids: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: nasty }),
    query: asQuery(parameters),
    payload: payload as fc.Arbitrary<string | Buffer | undefined>,
    headers: fc
      .tuple(
        fc.oneof(
          { weight: 12, arbitrary: fc.constant('application/json') },
          { weight: 1, arbitrary: fc.constantFrom(...oddTypes) },
        ),
        oddHeaders,
      )
      .map(([type, others]) => ({ ...(schema && { 'content-type': type }), ...others })),
  });
};
