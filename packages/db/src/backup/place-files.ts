import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Manifest } from './manifest.ts';

/** Moves an unpacked archive's files and keys to their places in DATA_DIR; a key there that differs is renamed, never lost. */
export const placeFiles = async (staging: string, dataDir: string, { entries, madeAt }: Manifest): Promise<void> => {
  for (const { name } of entries) {
    const [kind, ...rest] = name.split('/');
    if (kind !== 'files' && kind !== 'keys') continue;
    const from = join(staging, name);
    const to = join(dataDir, ...rest);
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    if (kind === 'keys' && existsSync(to) && !(await readFile(to)).equals(await readFile(from)))
      await rename(to, `${to}.before-restore-of-${madeAt.replaceAll(':', '-')}`);
    await rename(from, to);
  }
};
