import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, schema } from '@palier/db';
import { lt } from 'drizzle-orm';

const { answers, emailTokens, sessions } = schema;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long things are kept (privacy.md, Accounts), in ms: answers for retried calls 24 h, counters two days (the longest window is one), mail files 7 days. */
const kept = { answersMs: dayMs, attemptsMs: 2 * dayMs, mailFilesMs: 7 * dayMs } as const;

const deleteOldMails = (dataDir: string, now: Date): number => {
  const folder = join(dataDir, 'mail');
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  } catch {
    return 0; // no mail was ever written to a file
  }
  const old = names.filter((name) => statSync(join(folder, name)).mtimeMs < now.getTime() - kept.mailFilesMs);
  for (const name of old) rmSync(join(folder, name), { force: true });
  return old.length;
};

type Sweep = {
  db: Database;
  dataDir: string;
  now: Date;
  deleteAttempts: (db: Database, before: Date) => Promise<void>;
  pruneOutbox: (db: Database, now: Date) => Promise<number>;
};

/** Forgets everything whose time is up: counters, ended sessions, kept answers, unused links, the stream's events and mail files. Resolves with what was removed. */
export const sweep = async ({ db, dataDir, now, deleteAttempts, pruneOutbox }: Sweep) => {
  await deleteAttempts(db, new Date(now.getTime() - kept.attemptsMs));
  const endedSessions = await db.delete(sessions).where(lt(sessions.expiresAt, now));
  const oldAnswers = await db.delete(answers).where(lt(answers.createdAt, new Date(now.getTime() - kept.answersMs)));
  const oldTokens = await db.delete(emailTokens).where(lt(emailTokens.expiresAt, now));
  return {
    sessions: endedSessions.rowCount ?? 0,
    answers: oldAnswers.rowCount ?? 0,
    tokens: oldTokens.rowCount ?? 0,
    events: await pruneOutbox(db, now),
    mails: deleteOldMails(dataDir, now),
  };
};
