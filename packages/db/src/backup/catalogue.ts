import pg from 'pg';

/** The schemas a backup holds. */
export const SCHEMAS = ['public', 'pgboss', 'drizzle'] as const;

/** A table that holds rows, and its columns but the generated ones. */
export type LiveTable = { schema: string; name: string; columns: string[] };

/** Every table with rows of its own (partitions, not their parents), in a fixed order. */
export const listTables = async (client: pg.ClientBase): Promise<LiveTable[]> => {
  const { rows } = await client.query<LiveTable>(
    `select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname = any($1)
      group by n.nspname, c.relname order by n.nspname, c.relname`,
    [SCHEMAS],
  );
  return rows;
};

/** Every sequence that was used, and its last value. */
export const listSequences = async (
  client: pg.ClientBase,
): Promise<{ schema: string; name: string; last: string }[]> => {
  const { rows } = await client.query<{ schema: string; name: string; last: string }>(
    `select schemaname as schema, sequencename as name, last_value::text as last from pg_sequences
      where schemaname = any($1) and last_value is not null order by 1, 2`,
    [SCHEMAS],
  );
  return rows;
};

/** A table's or a sequence's full name, quoted. */
export const nameOf = ({ schema, name }: { schema: string; name: string }): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;

/** The words between `copy` and its direction: the table and its columns, quoted. */
export const copyTarget = (table: LiveTable): string =>
  `${nameOf(table)} (${table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`;
