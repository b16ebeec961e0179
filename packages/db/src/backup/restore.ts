import { createReadStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { readApplied } from '../migrate.ts';
import { unpackArchive } from './archive.ts';
import { copyTarget, listTables, nameOf } from './catalogue.ts';
import { inOwnerTransaction } from './connection.ts';
import { type BackedUpTable, BackupError, BLUR_KEY, MANIFEST_ENTRY, Manifest } from './manifest.ts';
import { placeFiles } from './place-files.ts';
import { suspendGuards } from './suspension.ts';

type RestoreOptions = {
  ownerUrl: string;
  dataDir: string;
  file: string;
  /** Tables of `public` that migrations themselves fill: their rows do not make a database "not empty", and are replaced. */
  seeded?: readonly string[];
  /** Runs last, in the restoring transaction: what must be true of a restored database before anyone sees it. */
  afterRestore?: (client: pg.ClientBase) => Promise<void>;
  say?: (line: string) => void;
};

/**
 * Puts an archive back, all or nothing, into an empty database at the same migrations, with its files and keys, and resolves with its manifest.
 * A key of DATA_DIR that differs is kept beside, renamed. Rejects with a `BackupError`: `backup.corrupted`, `backup.no-blur-key`,
 * `backup.other-migration`, `backup.other-schema` or `backup.not-empty`; the database is then as it was.
 */
export const restore = async (options: RestoreOptions): Promise<Manifest> => {
  const { ownerUrl, dataDir, file, seeded = [], afterRestore, say = () => undefined } = options;
  const staging = join(dataDir, 'restoring');
  await rm(staging, { recursive: true, force: true }); // left by a restore cut short
  await mkdir(staging, { recursive: true, mode: 0o700 });
  try {
    const manifest = await unpack(file, staging);
    await inOwnerTransaction(ownerUrl, 'begin', async (client) => {
      await client.query(`select pg_advisory_xact_lock(hashtext('palier.migrate'))`);
      await refuseOtherMigrations(client, manifest);
      const tables = manifest.tables.filter((table) => table.schema !== 'drizzle');
      await refuseOtherTables(client, tables);
      const putBack = await suspendGuards(client);
      await refuseRows(client, seeded);
      if (tables.length > 0) await client.query(`truncate ${tables.map(nameOf).join(', ')}`);
      for (const table of tables) await copyBack(client, table, staging, say);
      await setSequences(client, manifest);
      await putBack();
      await client.query('analyze');
      await afterRestore?.(client);
      await placeFiles(staging, dataDir, manifest); // before the commit: cut here, the database is still empty and the restore can be run again
    });
    return manifest;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
};

const unpack = async (file: string, staging: string): Promise<Manifest> => {
  const found = new Map((await unpackArchive(file, staging)).map((entry) => [entry.name, entry]));
  if (!found.delete(MANIFEST_ENTRY)) throw new BackupError('backup.corrupted', `${file} has no ${MANIFEST_ENTRY}`);
  const manifest = parseManifest(await readFile(join(staging, MANIFEST_ENTRY), 'utf8'), file);
  for (const { name, bytes, sha256 } of manifest.entries) {
    const entry = found.get(name);
    if (entry?.sha256 !== sha256 || entry.bytes !== bytes)
      throw new BackupError('backup.corrupted', `${name} of ${file} is not what was backed up`);
    found.delete(name);
  }
  for (const { entry } of manifest.tables)
    if (!manifest.entries.some(({ name }) => name === entry))
      throw new BackupError('backup.corrupted', `${entry} is missing from ${file}`);
  for (const name of found.keys()) throw new BackupError('backup.corrupted', `${name} was added to ${file}`);
  if (!manifest.entries.some(({ name, bytes }) => name === `keys/${BLUR_KEY}` && bytes > 0))
    throw new BackupError('backup.no-blur-key', `${file} lacks ${BLUR_KEY}: the public places could never be kept up`);
  return manifest;
};

const parseManifest = (text: string, file: string): Manifest => {
  try {
    return Manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new BackupError('backup.corrupted', `the manifest of ${file} is not one of ours`, { cause });
  }
};

const refuseOtherMigrations = async (client: pg.ClientBase, { migrations }: Manifest): Promise<void> => {
  const applied = await readApplied(client);
  if (applied.join() !== migrations.join())
    throw new BackupError(
      'backup.other-migration',
      `the backup was made at migration ${migrations.length}, this database is at ${applied.length} or at others: use the version that made it`,
    );
};

const refuseOtherTables = async (client: pg.ClientBase, tables: readonly BackedUpTable[]): Promise<void> => {
  const here = new Map((await listTables(client)).map((table) => [nameOf(table), table.columns.join()]));
  for (const table of tables)
    if (here.get(nameOf(table)) !== table.columns.join())
      throw new BackupError('backup.other-schema', `${table.schema}.${table.name} is absent here or has other columns`);
};

const refuseRows = async (client: pg.ClientBase, seeded: readonly string[]): Promise<void> => {
  const mustBeEmpty = (await listTables(client)).filter(
    ({ schema, name }) => schema === 'public' && !seeded.includes(name),
  );
  for (const table of mustBeEmpty) {
    await client.query(`lock table ${nameOf(table)} in access exclusive mode`);
    const { rowCount } = await client.query(`select from ${nameOf(table)} limit 1`);
    if (rowCount)
      throw new BackupError('backup.not-empty', `${table.name} has rows: restore wants a database just migrated`);
  }
};

const copyBack = async (
  client: pg.ClientBase,
  table: BackedUpTable,
  staging: string,
  say: (line: string) => void,
): Promise<void> => {
  const rows = client.query(copyFrom(`copy ${copyTarget(table)} from stdin`));
  await pipeline(createReadStream(join(staging, table.entry)), rows);
  if (rows.rowCount !== table.rows)
    throw new BackupError('backup.corrupted', `${table.name}: ${rows.rowCount} rows instead of ${table.rows}`);
  say(`${table.schema}.${table.name}: ${table.rows} rows`);
};

const setSequences = async (client: pg.ClientBase, { sequences }: Manifest): Promise<void> => {
  for (const one of sequences.filter(({ schema }) => schema !== 'drizzle'))
    await client.query('select setval($1::regclass, $2::bigint)', [nameOf(one), one.last]);
};
