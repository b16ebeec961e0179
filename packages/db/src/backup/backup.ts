import { createWriteStream, existsSync } from 'node:fs';
import { link, readdir, rm, unlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { errnoOf } from '../embedded/errno.ts';
import { readApplied } from '../migrate.ts';
import { type ArchiveWriter, writeArchive } from './archive.ts';
import { copyTarget, listSequences, listTables } from './catalogue.ts';
import { inOwnerTransaction } from './connection.ts';
import {
  type ArchiveEntry,
  type BackedUpTable,
  BackupError,
  BLUR_KEY,
  MANIFEST_ENTRY,
  type Manifest,
} from './manifest.ts';

type BackupOptions = {
  ownerUrl: string;
  dataDir: string;
  /** The archive to make, `.tar.gz`; it must not exist. */
  file: string;
  /** Folders of DATA_DIR that go whole into the archive. */
  folders?: readonly string[];
  say?: (line: string) => void;
};

/**
 * Writes every row as of one moment, the folders and the keys of DATA_DIR into one archive that only we can read, and resolves with its manifest.
 * Rejects with a `BackupError`: `backup.no-blur-key` when DATA_DIR lacks it, `backup.exists` when `file` is there already.
 */
export const backup = async (options: BackupOptions): Promise<Manifest> => {
  const { ownerUrl, dataDir, file, folders = ['photos'], say = () => undefined } = options;
  const keys = (await readdir(dataDir)).filter((name) => name.endsWith('.key')).sort();
  if (!keys.includes(BLUR_KEY)) throw new BackupError('backup.no-blur-key', `${join(dataDir, BLUR_KEY)} is missing`);
  const part = `${file}.part`;
  for (const path of [file, part])
    if (existsSync(path)) throw new BackupError('backup.exists', `${path} exists: give another name, or remove it`);

  const archive = writeArchive(part);
  try {
    const rows = await inOwnerTransaction(ownerUrl, 'begin isolation level repeatable read read only', (client) =>
      archiveRows(client, archive, `${file}.table`, say),
    );
    const kept: ArchiveEntry[] = [...rows.entries];
    for (const folder of folders) kept.push(...(await archiveFolder(archive, dataDir, folder)));
    for (const key of keys) kept.push(await archive.addFile(`keys/${key}`, join(dataDir, key)));
    const manifest: Manifest = { format: 1, madeAt: new Date().toISOString(), ...rows, entries: kept };
    await archive.addText(MANIFEST_ENTRY, JSON.stringify(manifest));
    await archive.close();
    await publish(part, file);
    return manifest;
  } catch (error) {
    await archive.abort();
    await rm(part, { force: true });
    throw error;
  }
};

type Rows = Pick<Manifest, 'migrations' | 'tables' | 'sequences' | 'entries'>;

const archiveRows = async (
  client: pg.Client,
  archive: ArchiveWriter,
  spool: string,
  say: (line: string) => void,
): Promise<Rows> => {
  const migrations = await readApplied(client); // the transaction's first look at rows: the snapshot is taken here
  const tables: BackedUpTable[] = [];
  const entries: ArchiveEntry[] = [];
  for (const table of await listTables(client)) {
    const name = `tables/${table.schema}.${tables.length}.copy`;
    try {
      // Through a file: a tar entry begins with its size.
      const rows = client.query(copyTo(`copy ${copyTarget(table)} to stdout`));
      await pipeline(rows, createWriteStream(spool, { mode: 0o600 }));
      entries.push(await archive.addFile(name, spool));
      tables.push({ ...table, entry: name, rows: rows.rowCount });
      say(`${table.schema}.${table.name}: ${rows.rowCount} rows`);
    } finally {
      await rm(spool, { force: true });
    }
  }
  return { migrations, tables, sequences: await listSequences(client), entries };
};

const archiveFolder = async (archive: ArchiveWriter, dataDir: string, folder: string): Promise<ArchiveEntry[]> => {
  const found = await readdir(join(dataDir, folder), { recursive: true, withFileTypes: true }).catch((error) => {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  });
  const entries: ArchiveEntry[] = [];
  for (const one of found.filter((entry) => entry.isFile())) {
    const path = join(one.parentPath, one.name);
    const name = `files/${relative(dataDir, path).split(sep).join('/')}`;
    try {
      entries.push(await archive.addFile(name, path));
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error; // erased since the folder was read
    }
  }
  return entries;
};

// A link never replaces a file that appeared meanwhile.
const publish = async (part: string, file: string): Promise<void> => {
  await link(part, file);
  await unlink(part);
};
