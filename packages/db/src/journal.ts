import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Why migrations are refused. */
export type MigrationErrorCode =
  | 'migration.no-journal'
  | 'migration.unlisted'
  | 'migration.missing'
  | 'migration.out-of-order'
  | 'migration.changed'
  | 'migration.unknown-newer'
  | 'migration.pending'
  | 'migration.failed';

/** A refusal to migrate or to start, in a sentence for the operator; `cause` holds the database's own error. */
export class MigrationError extends Error {
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MigrationError';
    this.code = code;
  }
}

/** One migration of the folder: its file's name, text, SHA-256 in hex, and the moment it was generated (ms). */
export type Migration = { file: string; text: string; hash: string; when: number };

/** The repository's migrations. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../drizzle/', import.meta.url));

const Journal = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });

/** Reads a folder's migrations in the order of its journal; refuses an order that does not grow and a file the journal lacks, or the reverse. */
export const readJournal = (folder: string): Migration[] => {
  const files = new Set(readdirSync(folder).filter((name) => name.endsWith('.sql')));
  const path = join(folder, 'meta/_journal.json');
  if (!existsSync(path)) {
    if (files.size === 0) return [];
    throw new MigrationError('migration.no-journal', `${folder} holds migrations but no meta/_journal.json`);
  }
  const { entries } = Journal.parse(JSON.parse(readFileSync(path, 'utf8')));
  const migrations = entries.map(({ tag, when }) => {
    const file = `${tag}.sql`;
    if (!files.delete(file))
      throw new MigrationError('migration.missing', `${file} is in the journal but not in ${folder}`);
    const text = readFileSync(join(folder, file), 'utf8');
    return { file, text, hash: createHash('sha256').update(text).digest('hex'), when };
  });
  for (const file of files) throw new MigrationError('migration.unlisted', `${file} is missing from the journal`);
  migrations.forEach(({ file, when }, index) => {
    if (when <= (migrations[index - 1]?.when ?? 0))
      throw new MigrationError('migration.out-of-order', `${file} is stamped before the migration that precedes it`);
  });
  return migrations;
};

/** Answers the migrations still to apply; refuses when what is applied is not exactly the beginning of the journal. */
export const pendingOf = (journal: readonly Migration[], applied: readonly string[]): readonly Migration[] => {
  applied.forEach((hash, index) => {
    const expected = journal[index];
    if (expected?.hash === hash) return;
    if (!expected)
      throw new MigrationError(
        'migration.unknown-newer',
        `the database has ${applied.length} migrations, this version knows ${journal.length}: start the newer version`,
      );
    if (journal.some((one) => one.hash === hash))
      throw new MigrationError('migration.out-of-order', `${expected.file} comes before one already applied`);
    throw new MigrationError('migration.changed', `${expected.file} is not the file that was applied to this database`);
  });
  return journal.slice(applied.length);
};
