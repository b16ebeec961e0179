import { restore } from '@palier/db/backup';
import type pg from 'pg';
import type { Env } from '../env.ts';
import { newId } from '../ids.ts';
import { startEpoch } from '../live/index.ts';
import { openOperatorStore } from './open-store.ts';

/** The stream begins a new epoch, so that a cursor of before is told to reload; the log gains a row, chained after those restored. */
const beginEpoch = async (client: pg.ClientBase, now: Date): Promise<void> => {
  await startEpoch(client);
  const auditId = newId();
  await client.query(
    `insert into audit (id, at, actor_role, action, subject) values ($1, $2, 'operator', 'backup.restore', 'instance')`,
    [auditId, now],
  );
  await client.query(`insert into outbox (kind, change, audit_id) values ('audit', 'backup.restore', $1)`, [auditId]);
};

/** Puts a backup back into an empty database at the same version, with its keys and files. Resolves with when it was made and how many rows came back. */
export const restoreBackup = async (
  env: Env,
  file: string,
  say: (line: string) => void,
): Promise<{ madeAt: string; rows: number }> => {
  const store = await openOperatorStore(env, say);
  try {
    const manifest = await restore({
      ownerUrl: store.ownerUrl,
      dataDir: env.dataDir,
      file,
      seeded: ['stream_head'],
      afterRestore: (client) => beginEpoch(client, new Date()),
      say,
    });
    return { madeAt: manifest.madeAt, rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0) };
  } finally {
    await store.stop();
  }
};
