export { clientOf, type Database, inTransaction, openDatabase, openPool, retried, type Transaction } from './client.ts';
export * as schema from './schema/index.ts';
export { type WatchingAs, watchAs } from './watch-wall.ts';
