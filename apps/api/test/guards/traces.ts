import type { Harness } from '../harness.ts';

/** Counters of refused tries are no effect of the call; sessions slide by being used; the counts of kits are written by a clock, whatever is called meanwhile. */
const notCounted = new Set(['attempts', 'sessions', 'kit_counters', 'kit_downloads']);

/** What every table holds, as its number of rows and the last transaction that wrote one: equal before and after, nothing was written or taken away. */
export const openTraces = async (h: Harness) => {
  const { rows } = await h.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
  );
  const names = rows.map(({ name }) => name).filter((name) => !notCounted.has(name));
  const statement = names
    .map((name) => `select '${name}' as name, count(*)::int as n, max(xmin::text::bigint)::text as last from ${name}`)
    .join(' union all ')
    .concat(' order by name');
  const take = async (): Promise<Map<string, string>> => {
    const taken = await h.pool.query<{ name: string; n: number; last: string }>({
      name: 'traces',
      text: statement,
    });
    return new Map(taken.rows.map(({ name, n, last }) => [name, `${n} ${last}`]));
  };
  const rowsOf = (traces: Map<string, string>, table: string): number => Number(traces.get(table)?.split(' ')[0]);
  return { names, take, rowsOf };
};
