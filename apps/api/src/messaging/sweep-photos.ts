import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Database, schema } from '@palier/db';
import { inArray } from 'drizzle-orm';

const hourMs = 3_600_000;
const atOnce = 500;

/** Takes away the photo files that no message holds any more, and those whose sending was cut short; resolves with how many. */
export const sweepPhotos = async (db: Database, dataDir: string, now: Date): Promise<number> => {
  const folder = join(dataDir, 'photos');
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^[0-9a-f-]{36}\.webp/.test(name));
  let removed = 0;
  for (let from = 0; from < names.length; from += atOnce) {
    const chunk = names.slice(from, from + atOnce);
    const ids = [...new Set(chunk.map((name) => name.slice(0, 36)))];
    const rows = await db.select({ id: schema.photos.id }).from(schema.photos).where(inArray(schema.photos.id, ids));
    const kept = new Set(rows.map(({ id }) => `${id}.webp`));
    for (const name of chunk) {
      const { mtimeMs } = await stat(join(folder, name));
      if (kept.has(name) || mtimeMs > now.getTime() - hourMs) continue;
      await rm(join(folder, name), { force: true });
      removed += 1;
    }
  }
  return removed;
};
