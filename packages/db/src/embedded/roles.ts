import pg from 'pg';
import type { RoleKeys } from './keys.ts';

/** Where a role finds a database of this server. */
export type UrlOf = (role: keyof RoleKeys, database?: string) => string;

/** Gives a new database of the owner's its rights: all for the owner, reading and writing rows, present and to come, for the application. */
export const grantRights = (client: pg.Client, database: string): Promise<unknown> => {
  const name = pg.escapeIdentifier(database);
  return client.query(`
    revoke all on database ${name} from public;
    grant connect, temp on database ${name} to palier_app;
    alter schema public owner to palier_owner;
    grant usage on schema public to palier_app;
    alter default privileges for role palier_owner grant select, insert, update, delete on tables to palier_app;
    alter default privileges for role palier_owner grant usage, select on sequences to palier_app`);
};

/** Makes the roles and the database `palier` on the first start; the database is named last, so that a start cut short begins again. */
export const makeRoles = (url: UrlOf, keys: RoleKeys): Promise<void> =>
  withClient(url('postgres', 'postgres'), async (server) => {
    const { rowCount } = await server.query(`select from pg_database where datname = 'palier'`);
    if (rowCount) return;
    for (const role of ['palier_owner', 'palier_app'] as const) {
      const known = await server.query('select from pg_roles where rolname = $1', [role]);
      if (!known.rowCount) await server.query(`create role ${role} login password ${pg.escapeLiteral(keys[role])}`);
    }
    await server.query('drop database if exists palier_new');
    await server.query('create database palier_new owner palier_owner');
    await withClient(url('postgres', 'palier_new'), (fresh) => grantRights(fresh, 'palier_new'));
    await server.query('alter database palier_new rename to palier');
  });

const withClient = async (url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> => {
  const client = new pg.Client(url);
  client.on('error', () => undefined); // a lost connection rejects the query under way; unheard, it would end the process
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};
