export { type Database, inTransaction, openDatabase, openPool, type Transaction } from './client.ts';
export * as schema from './schema/index.ts';
