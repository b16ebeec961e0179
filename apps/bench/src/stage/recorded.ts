import type pg from 'pg';

/** A statement as the application sent it. */
export type Sent = { name: string; text: string; values: unknown[] };

const isNamed = (query: unknown): query is Sent =>
  typeof query === 'object' && query !== null && 'name' in query && 'text' in query && 'values' in query;

/** Writes down every named statement that goes through a pool from here on; `take` hands them over and forgets them. */
export const recordStatements = (pool: pg.Pool): { take: () => Sent[] } => {
  let sent: Sent[] = [];
  const query = pool.query.bind(pool) as (...parts: unknown[]) => unknown;
  Object.assign(pool, {
    query: (...parts: unknown[]) => {
      const [first] = parts;
      if (isNamed(first)) sent.push({ name: first.name, text: first.text, values: [...first.values] });
      return query(...parts);
    },
  });
  return {
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
  };
};
