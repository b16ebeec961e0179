import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@palier/db';
import { applyTerm, terms } from '@palier/db/retention';

/** How long mail files are kept (privacy.md, Accounts), in ms: 7 days. */
const mailFilesKeptMs = 7 * 86_400_000;

const deleteOldMails = (dataDir: string, now: Date): number => {
  const folder = join(dataDir, 'mail');
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  } catch {
    return 0; // no mail was ever written to a file
  }
  const old = names.filter((name) => statSync(join(folder, name)).mtimeMs < now.getTime() - mailFilesKeptMs);
  for (const name of old) rmSync(join(folder, name), { force: true });
  return old.length;
};

type Sweep = {
  db: Database;
  dataDir: string;
  now: Date;
  pruneOutbox: (db: Database, now: Date) => Promise<number>;
};

/** Forgets everything whose time is up: what `terms` names, the stream's events and mail files. Resolves with how much of each. */
export const sweep = async ({ db, dataDir, now, pruneOutbox }: Sweep): Promise<Record<string, number>> => {
  const removed: Record<string, number> = {};
  for (const term of terms) removed[term.name] = await applyTerm(db, term, now);
  return { ...removed, events: await pruneOutbox(db, now), mails: deleteOldMails(dataDir, now) };
};
