import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

type Value = string | number | boolean | Date | null | readonly string[];
/** A row to write: its keys are columns in camel case, the same in every row. */
export type BulkRow = Readonly<Record<string, Value>>;

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escapeText = (text: string): string =>
  text.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);

/** A value in COPY's text format. */
const encode = (value: Value | undefined): string => {
  if (value === null || value === undefined) return '\\N';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'object')
    return escapeText(`{${value.map((item) => `"${item.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`);
  return String(value);
};

const chunkRows = 500;

function* linesOf(rows: Iterable<BulkRow>, columns: readonly string[]): Generator<string> {
  let chunk: string[] = [];
  for (const row of rows) {
    chunk.push(columns.map((column) => encode(row[column])).join('\t'));
    if (chunk.length < chunkRows) continue;
    yield `${chunk.join('\n')}\n`;
    chunk = [];
  }
  if (chunk.length > 0) yield `${chunk.join('\n')}\n`;
}

/** Copies rows into a table named in camel case, inside the transaction under way; `columns` are keys of the rows. Resolves with their number. */
export const copyRows = async (
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<BulkRow>,
): Promise<number> => {
  const target = `${pg.escapeIdentifier(snake(table))} (${columns.map((column) => pg.escapeIdentifier(snake(column))).join(', ')})`;
  const copy = client.query(copyFrom(`copy ${target} from stdin`));
  await pipeline(Readable.from(linesOf(rows, columns)), copy);
  return copy.rowCount;
};

/** Inserts rows into a table named in camel case that stands behind row security, which COPY cannot pass; inside the transaction under way. Resolves with their number. */
export const insertRows = async (client: pg.ClientBase, table: string, rows: readonly object[]): Promise<number> => {
  const name = pg.escapeIdentifier(snake(table));
  const columns = Object.keys(rows[0] ?? {}).map(snake);
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const objects = rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value])));
  const { rowCount } = await client.query(
    `insert into ${name} (${list}) select ${list} from jsonb_populate_recordset(null::${name}, $1::jsonb)`,
    [JSON.stringify(objects)],
  );
  return rowCount ?? 0;
};

/** Runs `work` in one transaction of a connection of its own, which no time limit of the application cuts; rolled back when it rejects. */
export const inBulkTransaction = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, application_name: 'palier bulk' });
  client.on('error', () => undefined); // the query under way rejects; unheard, the loss would end the process
  await client.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end(); // an open transaction ends with its connection
  }
};
