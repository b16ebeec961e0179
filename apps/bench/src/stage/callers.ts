import { openPool } from '@palier/db';
import type pg from 'pg';
import { drive } from '../rounds.ts';

/** One of a list, any. */
export const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

/** Callers of PostgreSQL through `pg`, each with a connection opened as the application opens its own, each waiting for its own answer before it asks again. */
export const openCallers = async (url: string, count: number) => {
  const pool = openPool({ url, max: count, applicationName: 'palier bench callers' });
  const clients = await Promise.all(Array.from({ length: count }, () => pool.connect()));
  return {
    /** A side of a comparison that asks `query()` over and over for `ms`; each call's ms are added to `tookMs`. */
    side:
      (ms: number, query: () => pg.QueryConfig, tookMs: number[] = []) =>
      async (): Promise<number> => {
        const round = await drive(count, ms, (n) => clients[n]?.query(query()) ?? Promise.resolve());
        for (const took of round.tookMs) tookMs.push(took);
        return round.perSecond;
      },
    close: () => {
      for (const client of clients) client.release();
      return pool.end();
    },
  };
};

/** Ids of posts to look up, in no order. */
export const somePostIds = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ id: string }>('select id from posts order by hashtext(id::text) limit 5000');
  return rows.map(({ id }) => id);
};

/** The limit of P1: one row by its primary key. */
export const byKey = (ids: readonly string[]) => (): pg.QueryConfig => ({
  name: 'by_key',
  text: 'select * from posts where id = $1',
  values: [any(ids)],
});

/** What carrying a page of 20 costs by itself: its rows, with their authors, by primary key. */
export const twentyByKey = (ids: readonly string[]) => (): pg.QueryConfig => ({
  name: 'twenty_by_key',
  text: 'select p.*, a.display_name from posts p join residents a on a.id = p.author_id where p.id = any($1::uuid[])',
  values: [Array.from({ length: 20 }, () => any(ids))],
});
