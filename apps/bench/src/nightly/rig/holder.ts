import pg from 'pg';
import type { Store } from '../../stage/store.ts';
import type { Node } from './node.ts';

/** The process that stamps the stream, by what its connection is called. */
export const holderOf = async (store: Store): Promise<number> => {
  const client = new pg.Client({ connectionString: store.appUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      'select application_name as name from pg_stat_activity a join stream_head h on h.holder_pid = a.pid',
    );
    return Number(rows[0]?.name.split(' ').at(-1));
  } finally {
    await client.end();
  }
};

/** Two processes, the one that stamps first: what the second tells came to it over the bus. */
export const holderFirst = async (store: Store, pair: readonly [Node, Node]): Promise<readonly [Node, Node]> => {
  const holder = await holderOf(store);
  return pair[1].pid() === holder ? [pair[1], pair[0]] : pair;
};
