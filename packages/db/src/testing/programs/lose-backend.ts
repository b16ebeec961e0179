import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { openPool } from '../../client.ts';

// Loses its backend, idle or inside a drizzle transaction, with the naive pool or ours; says so if it is still there afterwards.
const [kind = '', moment = '', url = ''] = process.argv.slice(2);
const pool =
  kind === 'naive'
    ? new pg.Pool({ connectionString: url, max: 1 })
    : openPool({ url, max: 1, applicationName: 'lose-backend' });
const db = drizzle(pool);

const terminate = async (pid: unknown): Promise<void> => {
  const other = new pg.Client(url);
  await other.connect();
  await other.query('select pg_terminate_backend($1, 5000)', [pid]);
  await other.end();
};
const pidOf = async (on: Pick<typeof db, 'execute'>): Promise<unknown> =>
  (await on.execute(sql`select pg_backend_pid() as pid`)).rows[0]?.pid;

if (moment === 'idle') await terminate(await pidOf(db));
else
  await db
    .transaction(async (tx) => {
      await terminate(await pidOf(tx));
      await tx.execute(sql`select 1`);
    })
    .catch(() => undefined);
for (let tries = 0; ; tries += 1) {
  try {
    await db.execute(sql`select 1`); // the pool opens another connection
    break;
  } catch (error) {
    if (tries === 5) throw error;
  }
}
process.stdout.write('survived');
await pool.end();
