import { z } from 'zod';

/** Why a backup or a restore is refused. */
export type BackupErrorCode =
  | 'backup.exists'
  | 'backup.no-blur-key'
  | 'backup.corrupted'
  | 'backup.other-migration'
  | 'backup.other-schema'
  | 'backup.not-empty';

/** A refusal to back up or to restore, in a sentence for the operator. */
export class BackupError extends Error {
  readonly code: BackupErrorCode;

  constructor(code: BackupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupError';
    this.code = code;
  }
}

/** The key without which no public cell can ever be computed again: no backup lacks it, no restore goes without. */
export const BLUR_KEY = 'blur.key';
export const MANIFEST_ENTRY = 'manifest.json';

const Entry = z.object({ name: z.string(), bytes: z.int().nonnegative(), sha256: z.hex().length(64) });
const Table = z.object({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()).min(1),
  entry: z.string(),
  rows: z.int().nonnegative(),
});
const Sequence = z.object({ schema: z.string(), name: z.string(), last: z.string().regex(/^-?\d+$/) });

/** What an archive holds, written last in it: every entry with its size and SHA-256, tables with their rows, migrations applied. */
export const Manifest = z.strictObject({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  tables: z.array(Table),
  sequences: z.array(Sequence),
  entries: z.array(Entry),
});
export type Manifest = z.infer<typeof Manifest>;
export type ArchiveEntry = z.infer<typeof Entry>;
export type BackedUpTable = z.infer<typeof Table>;
