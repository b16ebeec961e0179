import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from './folders.ts';

/** One file of a folder of migrations made by a test, and its stamp (its place in the list by default). */
export type TestMigration = { tag: string; sql: string; when?: number };

/** Writes a folder of migrations as drizzle-kit does, in a new temporary folder or over `folder`, and answers its path. */
export const writeMigrations = (migrations: readonly TestMigration[], folder: string = newFolder()): string => {
  mkdirSync(join(folder, 'meta'), { recursive: true });
  const entries = migrations.map(({ tag, when }, idx) => ({
    idx,
    version: '7',
    when: when ?? idx + 1,
    tag,
    breakpoints: true,
  }));
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ version: '7', dialect: 'postgresql', entries }));
  for (const { tag, sql } of migrations) writeFileSync(join(folder, `${tag}.sql`), sql);
  return folder;
};
