import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import type pg from 'pg';

type Work = { isOver: boolean };
const inside = new AsyncLocalStorage<Work>();
const traced = tracingChannel<Work, Work>('palier:transaction');
traced.start.bindStore(inside, (work) => Object.assign(work, { isOver: false }));
traced.asyncEnd.subscribe((work) => Object.assign(work as Work, { isOver: true }));

/**
 * Notes each connection that work inside a transaction asks of the pool beside the transaction's own: as many such calls at once as the pool has
 * connections wait for each other until they are refused. The array returned holds where each was asked, as a stack, and goes on being filled.
 */
export const watchSecondConnections = (pool: pg.Pool): string[] => {
  const asked: string[] = [];
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => unknown;
  const noting = (...args: unknown[]) => {
    if (inside.getStore()?.isOver === false)
      asked.push(new Error('a second connection inside a transaction').stack ?? '');
    return connect(...args);
  };
  Object.assign(pool, { connect: noting });
  return asked;
};
