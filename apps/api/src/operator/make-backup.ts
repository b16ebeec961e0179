import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { backup, backupFileName, pruneBackups } from '@palier/db/backup';
import { mutate } from '../mutate.ts';
import { record } from '../record.ts';
import type { OperatorContext } from './context.ts';
import { OperatorRefusal } from './refusal.ts';

/** `35d` as a number of days. */
const daysOf = (keep: string): number => {
  const days = /^(\d{1,4})d$/.exec(keep)?.[1];
  if (!days || Number(days) < 1) throw new OperatorRefusal('--keep is a number of days, such as 35d');
  return Number(days);
};

/** Backs everything up into one archive, in DATA_DIR/backups unless said otherwise, then removes those older than `keep`. Resolves with the archive's path. */
export const makeBackup = async (
  ctx: OperatorContext,
  input: { to?: string | undefined; keep?: string | undefined },
): Promise<{ file: string; removed: string[] }> => {
  const keepDays = input.keep === undefined ? null : daysOf(input.keep);
  const to = resolve(input.to ?? join(ctx.env.dataDir, 'backups'));
  const isFolder = input.to === undefined || (existsSync(to) && statSync(to).isDirectory());
  const file = isFolder ? join(to, backupFileName(ctx.now)) : to;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  await mutate(ctx, (tx) =>
    record(tx, { at: ctx.now, actorId: null, actorRole: 'operator', action: 'backup.make', subject: 'instance' }),
  );
  await backup({ ownerUrl: ctx.store.ownerUrl, dataDir: ctx.env.dataDir, file, say: ctx.say });
  return { file, removed: keepDays === null ? [] : await pruneBackups(dirname(file), keepDays, ctx.now) };
};
